// A PostgreSQL server's log, and up to where each actor must see it.
import type pg from 'pg';
import type { MaybePromise } from '../../graphql/execution/index.ts';

/** How far a server's write-ahead log has come; a later one is the larger number. */
export type LogPosition = bigint;

/** Reads PostgreSQL's `pg_lsn`, two hexadecimal halves such as `16/B374D848`. */
export function logPosition(text: string): LogPosition {
  const [high = '0', low = '0'] = text.split('/');
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
}

/** Up to where the primary has written: everything that was committed before the question is there. */
export async function writtenPosition(primary: pg.Pool): Promise<LogPosition> {
  const { rows } = await primary.query<{ at: string }>('SELECT pg_current_wal_lsn()::text AS at');
  return logPosition(rows[0]?.at ?? '0/0');
}

/** Up to where a replica shows what the primary has written; null: this server is no replica, or no longer. */
export async function shownPosition(replica: pg.Pool): Promise<LogPosition | null> {
  const { rows } = await replica.query<{ at: string | null }>(
    'SELECT pg_last_wal_replay_lsn()::text AS at WHERE pg_is_in_recovery()',
  );
  const at = rows[0]?.at;
  return at == null ? null : logPosition(at);
}

/**
 * Up to where an actor must see the log: the position at which their last write was there. Kept in this process, or
 * where all instances of a forum find it.
 */
export interface OwnWrites {
  record(actor: string, position: LogPosition): MaybePromise<void>;
  /** Null: nothing of theirs is so recent that a replica could lack it. */
  lastOf(actor: string): MaybePromise<LogPosition | null>;
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
  const known = new Map<string, { readonly position: LogPosition; readonly until: number }>();
  return {
    record: (actor, position) => {
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
