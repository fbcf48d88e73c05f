import * as z from 'zod';
import { isRedisUrl, onOff, wholeNumber } from '../setting-kinds.ts';
import { DEFAULT_QUERY_LIMITS, type QueryLimits } from './query-limits.ts';

export interface LimitConfig {
  /** Whether anybody's use is counted and limited. */
  readonly rateLimits: boolean;
  /** What operations may cost one viewer in a minute, in points. */
  readonly queryPointsPerMinute: number;
  /** Where instances count together; null: each in its own memory. May hold a password: never logged. */
  readonly redisUrl: string | null;
  readonly queryLimits: QueryLimits;
}

export const limitSettings = {
  RATE_LIMITS: onOff('on'),
  REDIS_URL: z.string().refine(isRedisUrl).optional(),
  QUERY_POINTS_PER_MINUTE: wholeNumber(6000, 1, 100_000_000),
  QUERY_DEPTH_MAX: wholeNumber(DEFAULT_QUERY_LIMITS.depthMax, 1, 1000),
  QUERY_NODES_MAX: wholeNumber(DEFAULT_QUERY_LIMITS.nodesMax, 1, 100_000_000),
  QUERY_ALIASES_MAX: wholeNumber(DEFAULT_QUERY_LIMITS.aliasesMax, 0, 1000),
};

/** What each must be, for the sentence that stops the start. */
export const LIMIT_MUST_BE: Readonly<Record<keyof typeof limitSettings, string>> = {
  RATE_LIMITS: 'on or off',
  REDIS_URL: 'redis://… or rediss://…',
  QUERY_POINTS_PER_MINUTE: 'a whole number from 1 to 100000000',
  QUERY_DEPTH_MAX: 'a whole number from 1 to 1000',
  QUERY_NODES_MAX: 'a whole number from 1 to 100000000',
  QUERY_ALIASES_MAX: 'a whole number from 0 to 1000',
};

type LimitSet = z.infer<z.ZodObject<typeof limitSettings>>;

/** What the settings say of limits. */
export function limitConfigOf(set: LimitSet): LimitConfig {
  return {
    rateLimits: set.RATE_LIMITS,
    queryPointsPerMinute: set.QUERY_POINTS_PER_MINUTE,
    redisUrl: set.REDIS_URL ?? null,
    queryLimits: {
      depthMax: set.QUERY_DEPTH_MAX,
      nodesMax: set.QUERY_NODES_MAX,
      aliasesMax: set.QUERY_ALIASES_MAX,
    },
  };
}
