// Limits how often something is done in a window of time. It counts in this process's memory, or in Redis, where all
// instances of a forum count together.
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { type Allowance, type AllowanceLeft, tooMany } from './allowance.ts';
import { MemoryStore } from './memory-store.ts';

export { type Allowance, type AllowanceLeft, tooMany } from './allowance.ts';

export interface Limiter {
  /**
   * Consumes points of the allowance that `key` has for `what`. Throws RATE_LIMITED, and consumes nothing, if fewer are
   * left.
   */
  consume(what: string, key: string, allowance: Allowance, points?: number): Promise<AllowanceLeft>;
  /** Gives back one point. */
  refund(what: string, key: string, allowance: Allowance): Promise<void>;
  /** What is left. Consumes nothing. */
  left(what: string, key: string, allowance: Allowance): Promise<AllowanceLeft>;
}

/** Creates the store of one allowance. `keyPrefix` separates the allowances. */
export type MakeStore = (options: {
  readonly keyPrefix: string;
  readonly points: number;
  readonly duration: number;
}) => RateLimiterAbstract;

export function createLimiter(makeStore: MakeStore = (options) => new MemoryStore(options)): Limiter {
  const stores = new Map<string, RateLimiterAbstract>();
  const storeOf = (what: string, { points, perSeconds }: Allowance) => {
    const keyPrefix = `${what}:${points}/${perSeconds}`;
    const store = stores.get(keyPrefix) ?? makeStore({ keyPrefix, points, duration: perSeconds });
    stores.set(keyPrefix, store);
    return store;
  };
  const leftOf = (allowance: Allowance, found: RateLimiterRes | null): AllowanceLeft => ({
    points: allowance.points,
    perSeconds: allowance.perSeconds,
    left: Math.max(0, found?.remainingPoints ?? allowance.points),
    resetsInMs: found?.msBeforeNext ?? 0,
  });
  return {
    consume: async (what, key, allowance, points = 1) => {
      try {
        return leftOf(allowance, await storeOf(what, allowance).consume(key, points));
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        throw tooMany(error.msBeforeNext);
      }
    },
    refund: async (what, key, allowance) => {
      await storeOf(what, allowance).reward(key);
    },
    left: async (what, key, allowance) => leftOf(allowance, await storeOf(what, allowance).get(key)),
  };
}

/** Allows everything and counts nothing, for operators who turn limits off. */
export const NO_LIMITS: Limiter = {
  consume: async (_what, _key, allowance) => ({ ...allowance, left: allowance.points, resetsInMs: 0 }),
  refund: async () => {},
  left: async (_what, _key, allowance) => ({ ...allowance, left: allowance.points, resetsInMs: 0 }),
};
