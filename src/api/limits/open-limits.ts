import type { Context } from '../../access/context.ts';
import { createLimiter, type Limiter, NO_LIMITS } from '../../access/limiter.ts';
import type { Log } from '../../log.ts';
import type { Settings } from '../../server/settings/settings.ts';
import type { OperationPlugin } from '../operation-plugin.ts';
import { rateLimitPlugin } from './rate-limit-plugin.ts';

export interface Limits {
  /** Counts what is written; the context's. */
  readonly limiter: Limiter;
  readonly plugins: readonly OperationPlugin<Context>[];
  close(): Promise<void>;
}

/** What the settings say of limits: none, in memory, or in Redis. Nothing waits for Redis, this neither. */
export async function openLimits(config: Settings, log: Log): Promise<Limits> {
  if (!config.rateLimits) return { limiter: NO_LIMITS, plugins: [], close: async () => {} };
  const { queryPointsPerMinute: pointsPerMinute, queryLimits } = config;
  const plugins = [rateLimitPlugin({ pointsPerMinute, queryLimits })];
  if (config.redisUrl === null) return { limiter: createLimiter(), plugins, close: async () => {} };
  // loaded where it is asked for: the client is larger than all that most forums need to start
  const { openRedisStores } = await import('./redis-store.ts');
  const redis = openRedisStores(config.redisUrl, (away) => {
    if (away) log.warn({ err: away }, 'Redis is away: this instance counts by itself until it is back');
    else log.info('Redis is back: the instances count together again');
  });
  return { limiter: createLimiter(redis.makeStore), plugins, close: redis.close };
}
