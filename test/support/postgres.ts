import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Whether TEST_POSTGRES_URL names a reachable server. Checked once a process. */
const isReachable: boolean = await (async () => {
  const url = process.env['TEST_POSTGRES_URL'];
  if (!url) return false;
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
})();

if (!isReachable && process.env['CI']) {
  throw new Error('TEST_POSTGRES_URL must lead to a PostgreSQL server: in CI a skipped suite is a failure.');
}

/** The server on which tests create databases. Null if there is none: suites that need it are skipped. */
export function postgresUrl(): string | null {
  return isReachable ? (process.env['TEST_POSTGRES_URL'] ?? null) : null;
}

/** `title` as a suite's title: it says where the suite is skipped, and why. */
export const postgresTitle = (title: string): string =>
  isReachable ? title : `${title} (skipped: TEST_POSTGRES_URL leads to no PostgreSQL server)`;

/** Runs statements on the server, outside of any database that a test has made. */
export async function onServer(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl() ?? '' });
  await client.connect();
  try {
    for (const sql of statements) await client.query(sql);
  } finally {
    await client.end();
  }
}

/** The URL of another database on the server. */
export function urlOfDatabase(name: string): string {
  const url = new URL(postgresUrl() ?? '');
  url.pathname = `/${name}`;
  return url.href;
}

/** Creates an empty database with a unique name. */
export async function createPostgresDatabase(): Promise<{
  readonly url: string;
  readonly name: string;
  drop(): Promise<void>;
}> {
  const name = `parley_test_${randomBytes(8).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE template0`);
  return {
    url: urlOfDatabase(name),
    name,
    drop: () => onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}
