import pg from 'pg';
import { StartError } from '../../start-error.ts';

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

/** How long to wait for the server to answer a new connection, in milliseconds. */
export const CONNECT_MS_MAX = 10_000;

/** A database as it may be shown: without its password. */
export function placeOf(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `The PostgreSQL database ${pathname.slice(1) || '(unnamed)'} on ${hostname || 'localhost'}:${port || 5432}`;
  } catch {
    return 'The PostgreSQL database of DATABASE_URL';
  }
}

/** What an operator reads when a database cannot be had; anything unknown stays what it is. */
export function startErrorOf(error: unknown, url: string): unknown {
  if (error instanceof StartError) return error;
  const code = (error as { code?: string }).code ?? '';
  const message = error instanceof Error ? error.message : '';
  const place = placeOf(url);
  if (
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT|ECONNRESET)$/.test(code)
  ) {
    return new StartError(`${place} cannot be reached (${code}): start the server, or correct DATABASE_URL.`);
  }
  if (/timeout expired|connection timeout/i.test(message)) {
    return new StartError(
      `${place} did not answer in ${CONNECT_MS_MAX / 1000} seconds: correct DATABASE_URL.`,
    );
  }
  if (/terminated unexpectedly|not support SSL/i.test(message)) {
    return new StartError(
      `${place} does not answer like a PostgreSQL server (${message}): correct DATABASE_URL.`,
    );
  }
  if (code === '28P01' || code === '28000' || /password must be a string/.test(message)) {
    return new StartError(`${place} refuses this user or password: correct DATABASE_URL.`);
  }
  if (code === '3D000') return new StartError(`${place} does not exist: create it, or correct DATABASE_URL.`);
  if (code === '42501')
    return new StartError(`${place} does not allow this user to create tables: grant that privilege.`);
  if (code === '53300') return new StartError(`${place} has no connection left: raise max_connections.`);
  if (code === 'ERR_INVALID_URL') return new StartError('DATABASE_URL is not a valid "postgresql://" URL.');
  return error;
}
