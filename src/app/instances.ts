import type { OwnWrites } from '../kit/db/index.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import type { TouchBus } from './reuse/reuse.ts';

/** What the instances of one forum tell each other, through Redis. */
export interface Instances {
  /** Null: they do not. */
  readonly bus: TouchBus | null;
  readonly ownWrites: OwnWrites | null;
  close(): Promise<void>;
}

/** Opens what the settings ask for. Nothing waits for Redis. */
export async function openInstances(config: Config, log: Log): Promise<Instances> {
  const { redisUrl, answerCacheBytes, databaseReplicaUrls } = config;
  if (redisUrl === null) return { bus: null, ownWrites: null, close: async () => {} };
  const onChange = (away: Error | null) => {
    if (away)
      log.warn({ err: away }, 'Redis is away: this instance takes answers for old sooner until it is back');
    else log.info('Redis is back: the instances tell each other what they write again');
  };
  // loaded where they are asked for: most forums start without
  const bus =
    answerCacheBytes > 0 ? (await import('./reuse/redis-bus.ts')).openRedisBus(redisUrl, onChange) : null;
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
