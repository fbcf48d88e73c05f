// The positions in PostgreSQL's write-ahead log up to which each actor must read.
import type pg from 'pg';
import type { MaybePromise } from '../../graphql/execution/index.ts';

/** A position in a server's write-ahead log. A later position is a larger number. */
export type LogPosition = bigint;

/** Reads PostgreSQL's `pg_lsn`, two hexadecimal halves such as `16/B374D848`. */
function logPosition(text: string): LogPosition {
  const [high = '0', low = '0'] = text.split('/');
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
}

/** The log position of the primary, after everything that has been committed. */
export async function writtenPosition(primary: pg.Pool): Promise<LogPosition> {
  const { rows } = await primary.query<{ at: string }>('SELECT pg_current_wal_lsn()::text AS at');
  return logPosition(rows[0]?.at ?? '0/0');
}

/** The log position that a replica has replayed. Null if the server is no replica. */
export async function replayedPosition(replica: pg.Pool): Promise<LogPosition | null> {
  const { rows } = await replica.query<{ at: string | null }>(
    'SELECT pg_last_wal_replay_lsn()::text AS at WHERE pg_is_in_recovery()',
  );
  const at = rows[0]?.at;
  return at == null ? null : logPosition(at);
}

/** Records the log position of each actor's latest write, in this process or where all instances find it. */
export interface OwnWrites {
  record(actor: string, position: LogPosition): MaybePromise<void>;
  /** Null if they wrote nothing so recent that a replica could lack it. */
  lastOf(actor: string): MaybePromise<LogPosition | null>;
}

/** Larger than any log position, so that the actor reads from the primary. */
export const BEYOND_ALL = 2n ** 64n;

/** The maximum lag of a replica that is read from. */
export const REPLICA_LAG_MS_MAX = 1000;

/** How long a write is recorded: far longer than REPLICA_LAG_MS_MAX. */
export const OWN_WRITE_MS = 60_000;

/** For one instance, or for several with sticky sessions. */
export function ownWritesInMemory(): OwnWrites {
  // in the order of the writes, so the expired ones come first
  const writes = new Map<string, { readonly position: LogPosition; readonly until: number }>();
  return {
    record: (actor, position) => {
      for (const [old, { until }] of writes) {
        if (until > performance.now()) break;
        writes.delete(old);
      }
      writes.delete(actor);
      writes.set(actor, { position, until: performance.now() + OWN_WRITE_MS });
    },
    lastOf: (actor) => {
      const last = writes.get(actor);
      return last && last.until > performance.now() ? last.position : null;
    },
  };
}
