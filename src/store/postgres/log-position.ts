import type pg from 'pg';

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
