import pg from 'pg';
import { StartError } from '../../start-error.ts';

/** A server's address for `pg`, and whether statements may be prepared by name. */
export interface PostgresAddress {
  readonly connectionString: string;
  /**
   * False behind PgBouncer in transaction mode, where each transaction may use another connection, which does not know
   * the prepared statements. The URL says so by `?pgbouncer=true`, as in Prisma's URLs.
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

/** The idle time after which the system checks a connection. */
const SILENT_MS_MAX = 10_000;

/**
 * Opens a pool. `waitMs` limits the wait for a connection. A statement that takes longer than `answerMsMax` fails, and
 * its connection is closed. `pipeline` sends statements without waiting for the answers to earlier ones.
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
    // without it, a request to a server that lost its power would wait for ever
    keepAlive: true,
    keepAliveInitialDelayMillis: SILENT_MS_MAX,
  });
  // a connection that breaks fails its statements; without a listener the error would also end the process
  pool.on('connect', (client) => client.on('error', () => {}));
  // the pool replaces idle connections that the server closes; without a listener the error would end the process
  pool.on('error', () => {});
  return pool;
}

/** The time-out for a new connection. */
export const CONNECT_MS_MAX = 10_000;

/** A database's name for messages, without its password. */
export function nameOf(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `The PostgreSQL database ${pathname.slice(1) || '(unnamed)'} on ${hostname || 'localhost'}:${port || 5432}`;
  } catch {
    return 'The PostgreSQL database of DATABASE_URL';
  }
}

/** What an operator can do about an error, by its code and message. */
const ADVICE: readonly (readonly [error: RegExp, advice: string])[] = [
  [
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT|ECONNRESET) /,
    'cannot be reached ($1): start the server, or correct DATABASE_URL.',
  ],
  [
    /timeout expired|connection timeout/i,
    `did not answer in ${CONNECT_MS_MAX / 1000} seconds: correct DATABASE_URL.`,
  ],
  [
    /^\S* (.*(?:terminated unexpectedly|not support SSL).*)/i,
    'does not answer like a PostgreSQL server ($1): correct DATABASE_URL.',
  ],
  [/^28(P01|000) |password must be a string/, 'refuses this user or password: correct DATABASE_URL.'],
  [/^3D000 /, 'does not exist: create it, or correct DATABASE_URL.'],
  [/^42501 /, 'does not allow this user to create tables: grant that privilege.'],
  [/^53300 /, 'has no connection left: raise max_connections.'],
];

/** The StartError for a database that cannot be used, or the error itself if it is unknown. */
export function startErrorOf(error: unknown, url: string): unknown {
  if (error instanceof StartError) return error;
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (code === 'ERR_INVALID_URL') return new StartError('DATABASE_URL is not a valid "postgresql://" URL.');
  for (const [pattern, advice] of ADVICE) {
    const match = pattern.exec(`${code} ${message}`);
    if (match) return new StartError(`${nameOf(url)} ${advice.replace('$1', match[1] ?? '')}`);
  }
  return error;
}
