import { inTime, type OnRedisChange, openRedis } from '../redis.ts';
import { BEYOND_ALL, OWN_WRITE_MS, type OwnWrites, ownWritesInMemory } from '../store/index.ts';

/**
 * Stores in Redis up to which log position each author has written, for read replicas. While Redis is unreachable,
 * authors read from the primary.
 */
export function ownWritesInRedis(
  url: string,
  onChange: OnRedisChange,
): OwnWrites & { close(): Promise<void> } {
  const client = openRedis(url, onChange);
  const here = ownWritesInMemory();
  const key = (actor: string) => `parley:written:${actor}`;
  return {
    record: async (actor, position) => {
      await here.record(actor, position);
      await inTime(client.set(key(actor), String(position), { PX: OWN_WRITE_MS })).catch(() => {});
    },
    lastOf: async (actor) => {
      try {
        const stored = await inTime(client.get(key(actor)));
        const own = await here.lastOf(actor);
        if (stored === null) return own;
        const position = BigInt(stored);
        return own !== null && own > position ? own : position;
      } catch {
        return BEYOND_ALL;
      }
    },
    close: async () => {
      if (client.isOpen) client.destroy();
    },
  };
}
