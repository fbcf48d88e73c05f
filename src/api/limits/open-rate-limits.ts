import type { Context } from '../../access/context.ts';
import { createLimiter, type Limiter, NO_LIMITS } from '../../access/limiter.ts';
import type { Log } from '../../log.ts';
import { createTakePoints, type TakePoints } from './take-points.ts';

export interface RateSettings {
  /** False: nothing is limited. */
  readonly rateLimits: boolean;
  readonly queryPointsPerMinute: number;
  readonly redisUrl: string | null;
}

export interface RateLimits {
  /** Counts what is written; the context's. */
  readonly limiter: Limiter;
  /** Null if nothing is limited. */
  readonly takePoints: TakePoints<Context> | null;
  close(): Promise<void>;
}

/** What the settings say of rates: no limits, counted in memory, or in Redis. Nothing waits for Redis, this neither. */
export async function openRateLimits(settings: RateSettings, log: Log): Promise<RateLimits> {
  if (!settings.rateLimits) return { limiter: NO_LIMITS, takePoints: null, close: async () => {} };
  const takePoints = createTakePoints(settings.queryPointsPerMinute);
  if (settings.redisUrl === null) return { limiter: createLimiter(), takePoints, close: async () => {} };
  // loaded where it is asked for: the client is larger than all that most forums need to start
  const { openRedisStores } = await import('./redis-store.ts');
  const redis = openRedisStores(settings.redisUrl, (away) => {
    if (away) log.warn({ err: away }, 'Redis is away: this instance counts by itself until it is back');
    else log.info('Redis is back: the instances count together again');
  });
  return { limiter: createLimiter(redis.makeStore), takePoints, close: redis.close };
}
