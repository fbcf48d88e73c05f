import pg from 'pg';

/** A server's address as `pg` takes it, and whether statements may have names there. */
export interface PostgresAddress {
  readonly connectionString: string;
  /**
   * False behind PgBouncer in transaction mode, which hands each transaction another connection: a statement that was
   * prepared on one of them is not known on the next. Said by `?pgbouncer=true`, as Prisma's own URLs say it.
   */
  readonly keepsStatements: boolean;
}

export function postgresAddress(url: string): PostgresAddress {
  if (!URL.canParse(url)) return { connectionString: url, keepsStatements: true };
  const parsed = new URL(url);
  const keepsStatements = parsed.searchParams.get('pgbouncer') !== 'true';
  parsed.searchParams.delete('pgbouncer');
  return { connectionString: parsed.href, keepsStatements };
}

/** How long a connection may be silent before the system asks whether the other end is still there. */
const SILENT_MS_MAX = 10_000;

/**
 * `waitMs`: for a server that does not answer, and for a connection where all are in use. `answerMsMax`: a statement that
 * takes longer fails, and its connection is closed; absent: none does. `pipeline`: what is asked of a connection leaves
 * at once, not when what was asked before is answered.
 */
export function poolOf(
  { connectionString }: PostgresAddress,
  max: number,
  waitMs: number,
  answerMsMax?: number,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: waitMs,
    query_timeout: answerMsMax,
    pipeline: true,
    // of a server that has lost its power nobody hears anything: whoever waits for it would wait for ever
    keepAlive: true,
    keepAliveInitialDelayMillis: SILENT_MS_MAX,
  });
  // one that breaks in use fails what it is asked; unheard, that too would end the process
  pool.on('connect', (client) => client.on('error', () => {}));
  // an idle connection that the server closes is replaced when it is next needed; unheard, it would end the process
  pool.on('error', () => {});
  return pool;
}
