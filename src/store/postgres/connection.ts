import pg from 'pg';
import { StartError } from '../../start-error.ts';

/** A server's address for `pg`, and what its URL says beside it. */
export interface PostgresAddress {
  readonly connectionString: string;
  /**
   * False behind PgBouncer in transaction mode, where each transaction may use another connection, which does not know
   * the prepared statements. It also refuses most parameters of a session. The URL says so by `?pgbouncer=true`, as in
   * Prisma's URLs.
   */
  readonly keepsStatements: boolean;
  /** The schema of `?schema=`, as in Prisma's URLs. Null: the first one of the role's search_path. */
  readonly schema: string | null;
}

/** PostgreSQL truncates longer names, and Prisma does not escape quotes in them. */
export function isSchemaName(name: string): boolean {
  return name !== '' && Buffer.byteLength(name) <= 63 && !/["\p{Cc}]/u.test(name);
}

export function postgresAddress(url: string): PostgresAddress {
  const parsed = new URL(url);
  const [schema = null, ...more] = parsed.searchParams.getAll('schema');
  const keepsStatements = parsed.searchParams.get('pgbouncer') !== 'true';
  if (more.length > 0 || (schema !== null && !isSchemaName(schema)))
    throw new StartError(
      'DATABASE_URL must name one schema, of at most 63 bytes and without quotes, in ?schema=.',
    );
  if (!keepsStatements && schema !== null)
    throw new StartError(
      'DATABASE_URL cannot have ?schema= with ?pgbouncer=true: PgBouncer sets no schema by session. Set it for the role instead (ALTER ROLE … SET search_path = …).',
    );
  parsed.searchParams.delete('pgbouncer');
  parsed.searchParams.delete('schema');
  return { connectionString: parsed.href, keepsStatements, schema };
}

/**
 * The parameters of a session on which the meaning of our texts depends. They win over what ALTER DATABASE and ALTER
 * ROLE set. PgBouncer sets these for each client. `pg` itself sets client_encoding to UTF8.
 */
const SESSION = { DateStyle: 'ISO, YMD', TimeZone: 'UTC', standard_conforming_strings: 'on' };
/** Those that PgBouncer refuses: check-server.ts requires the right defaults behind it. */
const SESSION_OF_ITS_OWN = { extra_float_digits: '1', default_transaction_isolation: 'read committed' };

/** `pg` has no public name for the parameters that a connection starts with. */
interface Starting {
  getStartupConf(): Record<string, string>;
}

/** A client whose sessions all have the same parameters, whatever the database's own are. */
export function clientOf(address: PostgresAddress): typeof pg.Client {
  const parameters = {
    ...SESSION,
    ...(address.keepsStatements && SESSION_OF_ITS_OWN),
    ...(address.schema !== null && { search_path: pg.escapeIdentifier(address.schema) }),
  };
  return class extends pg.Client {
    getStartupConf(): Record<string, string> {
      const { getStartupConf } = pg.Client.prototype as unknown as Starting;
      return { ...getStartupConf.call(this), ...parameters };
    }
  };
}

/** The time-out for a new connection. */
export const CONNECT_MS_MAX = 10_000;

/** A client of a command, in no pool. An answer may take `answerMs`. */
export function commandClient(address: PostgresAddress, answerMs: number): pg.Client {
  const client = new (clientOf(address))({
    connectionString: address.connectionString,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    query_timeout: answerMs,
  });
  client.on('error', () => {}); // a lost connection fails the statement under way; without this it ends the process
  return client;
}

/** A database's name for messages, without its password. */
export function nameOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `The PostgreSQL database ${pathname.slice(1) || '(unnamed)'} on ${hostname || 'localhost'}:${port || 5432}`;
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
  [/unsupported startup parameter/, 'is behind PgBouncer: add ?pgbouncer=true to DATABASE_URL.'],
  [/^28(P01|000) |password must be a string/, 'refuses this user or password: correct DATABASE_URL.'],
  [/^3D000 /, 'does not exist: create it, or correct DATABASE_URL.'],
  [/^42501 /, 'does not allow this user to create tables or schemas: grant that privilege.'],
  [/^53300 /, 'has no connection left: raise max_connections.'],
];

/** The StartError for a database that cannot be used, or the error itself if it is unknown. */
export function startErrorOf(error: unknown, url: string): unknown {
  if (error instanceof StartError) return error;
  const { code = '', message = '' } = error as { code?: string; message?: string };
  for (const [pattern, advice] of ADVICE) {
    const match = pattern.exec(`${code} ${message}`);
    if (match) return new StartError(`${nameOf(url)} ${advice.replace('$1', match[1] ?? '')}`);
  }
  return error;
}
