import type { TouchBus } from '../cache/response-cache.ts';
import type { Log } from '../log.ts';
import { addressOf, type Database, migrate, type OwnWrites, openDatabase } from '../store/index.ts';
import type { Settings } from './settings/settings.ts';

/** What the instances of one forum tell each other, through Redis. */
export interface Instances {
  /** Null: they do not. */
  readonly bus: TouchBus | null;
  readonly ownWrites: OwnWrites | null;
  close(): Promise<void>;
}

/** Opens what the settings ask for. Nothing waits for Redis. */
export async function openInstances(config: Settings, log: Log): Promise<Instances> {
  const { databaseUrl, redisUrl, databaseReplicaUrls } = config;
  if (redisUrl === null) return { bus: null, ownWrites: null, close: async () => {} };
  const onChange = (away: Error | null) => {
    if (away)
      log.warn({ err: away }, 'Redis is away: this instance takes answers for old sooner until it is back');
    else log.info('Redis is back: the instances tell each other what they write again');
  };
  // loaded where they are asked for: most forums start without. A file tells by itself when others have written to it
  const bus =
    addressOf(databaseUrl).engine === 'postgres'
      ? (await import('../cache/redis-bus.ts')).openRedisBus(redisUrl, onChange)
      : null;
  const ownWrites =
    databaseReplicaUrls.length > 0
      ? (await import('./own-writes-in-redis.ts')).ownWritesInRedis(redisUrl, onChange)
      : null;
  return {
    bus,
    ownWrites,
    close: async () => {
      await bus?.close();
      await ownWrites?.close();
    },
  };
}

/**
 * Migrates the database and opens it for a command, or for a start that may have to seed it. The instances that serve the
 * forum are told of what it writes; `onUntold` is called at the end where they could not be.
 */
export async function openForCommand(
  { databaseUrl, redisUrl }: Settings,
  onUntold: () => void,
): Promise<Database> {
  const migrations = await migrate(databaseUrl);
  const db = await openDatabase(databaseUrl);
  if (redisUrl === null || db.engine === 'sqlite') return db;
  const { openRedisTeller } = await import('../cache/redis-teller.ts');
  const teller = openRedisTeller(redisUrl);
  db.onCommit(teller.tell);
  if (migrations.length > 0) await teller.tell('ALL');
  return {
    ...db,
    close: async () => {
      await db.close();
      if (!(await teller.close())) onUntold();
    },
  };
}
