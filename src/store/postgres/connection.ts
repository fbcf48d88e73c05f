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

/** The StartError for a database that cannot be used, or the error itself if it is unknown. */
export function startErrorOf(error: unknown, url: string): unknown {
  if (error instanceof StartError) return error;
  const code = (error as { code?: string }).code ?? '';
  const message = error instanceof Error ? error.message : '';
  const place = nameOf(url);
  if (
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT|ECONNRESET)$/.test(code)
  ) {
    return new StartError(`${place} cannot be reached (${code}): start the server, or correct DATABASE_URL.`);
  }
  if (/timeout expired|connection timeout|read timeout/i.test(message)) {
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
