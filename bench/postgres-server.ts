import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { move } from '../src/operations/index.ts';
import { processCpuSeconds } from './processes.ts';

/** What decides how fast a server writes and reads, and what it promises: shown beside the figures. */
const SHOWN = ['server_version', 'fsync', 'synchronous_commit', 'shared_buffers', 'autovacuum'] as const;

/** A forum on PostgreSQL for one run. */
export interface MovedForum {
  readonly url: string;
  /** The server's version and settings in one sentence. */
  readonly settings: string;
  /** What the processes that serve this database have used so far; null where they run on another machine. */
  cpuSeconds(): Promise<number | null>;
  remove(): Promise<void>;
}

/** The address of the server to measure. Throws an Error with one sentence where there is none. */
export function postgresServer(env: Readonly<Record<string, string | undefined>>): string {
  const url = env['BENCH_POSTGRES_URL'] ?? '';
  if (/^postgres(ql)?:\/\/./.test(url) && URL.canParse(url)) return url;
  throw new Error(
    'This part needs a PostgreSQL server on which databases may be made: set BENCH_POSTGRES_URL to its address, such as postgresql://postgres@127.0.0.1:5432/postgres.',
  );
}

/** The address of the Redis through which instances hear of each other. Throws an Error with one sentence where there is none. */
export function redisServer(env: Readonly<Record<string, string | undefined>>): string {
  const url = env['BENCH_REDIS_URL'] ?? '';
  if (/^rediss?:\/\/./.test(url) && URL.canParse(url)) return url;
  throw new Error(
    'This part needs a Redis: set BENCH_REDIS_URL to its address, such as redis://127.0.0.1:6379/9.',
  );
}

/** Moves a forum into a new database, as `npm run move` does. */
export async function moveToServer(file: string, server: string): Promise<MovedForum> {
  const name = `parley_bench_${randomBytes(6).toString('hex')}`;
  const address = new URL(server);
  address.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  const remove = async () => {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.end();
  };
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
    await move({ file, url: address.href });
    await settle(address.href);
    return { url: address.href, settings: await settingsOf(client), cpuSeconds: cpuOf(client, name), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** What autovacuum does within a minute of so many new rows: without it, who measures first would be slower. */
async function settle(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('VACUUM ANALYZE');
    await client.query('CHECKPOINT').catch(() => {}); // not everybody may; the server does it by itself soon after
  } finally {
    await client.end();
  }
}

async function settingsOf(client: pg.Client): Promise<string> {
  const shown: string[] = [];
  for (const name of SHOWN) {
    const { rows } = await client.query<Record<string, string>>(`SHOW ${name}`);
    shown.push(`${name} ${rows[0]?.[name]}`);
  }
  const [version = '', ...others] = shown;
  return `PostgreSQL ${version.replace(/^\S+ (\S+).*/, '$1')} (${others.join(', ')})`;
}

/** Adds up what each process had used when it was last seen, so that one that ends takes nothing away. */
function cpuOf(client: pg.Client, database: string): MovedForum['cpuSeconds'] {
  const seen = new Map<number, number>();
  return async () => {
    const { rows } = await client.query<{ pid: number }>(
      'SELECT pid FROM pg_stat_activity WHERE datname = $1',
      [database],
    );
    for (const { pid } of rows) {
      const seconds = isOfPostgres(pid) ? processCpuSeconds(pid) : null;
      if (seconds === null) return null;
      seen.set(pid, seconds);
    }
    return [...seen.values()].reduce((sum, seconds) => sum + seconds, 0);
  };
}

/** Whether the number is of a process here: a server elsewhere has numbers too. */
function isOfPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres');
  } catch {
    return false;
  }
}
