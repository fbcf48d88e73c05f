// Counts in Redis, so that all instances of a forum share one allowance. While Redis is unreachable, each instance
// counts in its own memory.
import { RateLimiterRedis, RLWrapperTimeouts } from 'rate-limiter-flexible';
import type { MakeStore } from '../../access/limiter.ts';
import { MemoryStore } from '../../access/memory-store.ts';
import { ANSWER_MS_MAX, openRedis } from '../../redis.ts';

/**
 * Consumes points only if enough are left, atomically. Returns the points that would have been consumed, and the
 * milliseconds until the window ends. A refund after the window has ended is ignored.
 */
const CONSUME_SCRIPT = `local taken = tonumber(redis.call('get', KEYS[1]) or '0') + tonumber(ARGV[1])
local left = redis.call('pttl', KEYS[1])
local isNew = left < 0
if isNew then left = 1000 * tonumber(ARGV[2]) end
if taken > tonumber(ARGV[3]) then return {taken, left} end
if isNew and taken <= 0 then return {0, left} end
if isNew then redis.call('set', KEYS[1], taken, 'PX', left) else redis.call('incrby', KEYS[1], ARGV[1]) end
return {taken, left}`;

export interface RedisStores {
  readonly makeStore: MakeStore;
  close(): Promise<void>;
}

/** Counts in Redis, and in memory while Redis is unreachable. */
export function openRedisStores(url: string, onChange: (error: Error | null) => void): RedisStores {
  const client = openRedis(url, onChange);
  return {
    makeStore: (options) => {
      const keyPrefix = `parley:${options.keyPrefix}`;
      const limiter = new RateLimiterRedis({
        ...{ ...options, keyPrefix, storeClient: client, useRedisPackage: true },
        rejectIfRedisNotReady: true,
        customIncrTtlLuaScript: CONSUME_SCRIPT,
      });
      const insuranceLimiter = new MemoryStore(options);
      return new RLWrapperTimeouts({ limiter, insuranceLimiter, timeoutMs: ANSWER_MS_MAX });
    },
    close: async () => {
      if (client.isOpen) client.destroy();
    },
  };
}
