import type { MaybePromise } from '../database.ts';

/**
 * Up to where an actor must see the log: the position at which their last write was there. Kept in this process, or
 * where all instances of a forum find it.
 */
export interface OwnWrites {
  note(actor: string, position: bigint): MaybePromise<void>;
  /** Null: nothing of theirs is so recent that a replica could lack it. */
  lastOf(actor: string): MaybePromise<bigint | null>;
}

/** Beyond any position of a log: no replica shows as much, so its actor reads from the primary. */
export const BEYOND_ALL = 2n ** 64n;

/** How old the oldest answer of a replica may be. */
export const REPLICA_LAG_MS_MAX = 1000;

/** Far longer than a replica may lag and still be read from: see REPLICA_LAG_MS_MAX. */
export const OWN_WRITE_MS = 60_000;

/** For a forum of one instance, or of several with an address each actor keeps to. */
export function ownWritesInMemory(now: () => number = Date.now): OwnWrites {
  // in the order of the writes, so that the expired ones stand first
  const known = new Map<string, { readonly position: bigint; readonly until: number }>();
  return {
    note: (actor, position) => {
      for (const [old, { until }] of known) {
        if (until > now()) break;
        known.delete(old);
      }
      known.delete(actor);
      known.set(actor, { position, until: now() + OWN_WRITE_MS });
    },
    lastOf: (actor) => {
      const last = known.get(actor);
      return last && last.until > now() ? last.position : null;
    },
  };
}
