import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { ON_POSTGRES, ON_SQLITE } from './programs.ts';
import { type Bench, digits, figuresTable } from './report.ts';
import { move } from './server-sources.ts';
import { cpuSecondsOf, processFile, type Server, start, stopAll } from './servers.ts';
import { measureOperation } from './workload.ts';

/**
 * Measures this server on SQLite and on PostgreSQL in turn, with the same forum: the SQLite file is moved to a new
 * database, which is dropped at the end.
 */
export async function measurePostgres({ copies, options, print }: Bench): Promise<void> {
  const moved = await moveToServer(copies.file, postgresServer(process.env));
  const servers: Server[] = [];
  try {
    print(`${moved.settings}.`);
    servers.push(await start(ON_SQLITE, copies.another()));
    servers.push({ ...(await start(ON_POSTGRES, moved.url)), databaseCpuSeconds: moved.cpuSeconds });
    for (const operation of options.only) {
      const figures = await measureOperation(servers, operation, copies.targets, options);
      print(
        figuresTable(`${operation}, both engines`, figures, ON_SQLITE.name, [
          "PostgreSQL's CPU ms",
          ({ name, databaseCpuMs }) => (name === ON_SQLITE.name ? '' : digits(databaseCpuMs, 2)),
        ]),
      );
    }
  } finally {
    await stopAll(servers);
    await moved.remove();
  }
}

/** The address of the server to measure. Throws an Error with one sentence where there is none. */
export function postgresServer(env: Readonly<Record<string, string | undefined>>): string {
  const url = env['BENCH_POSTGRES_URL'] ?? '';
  if (/^postgres(ql)?:\/\/./.test(url) && URL.canParse(url)) return url;
  throw new Error(
    'This part needs a PostgreSQL server on which databases may be made: set BENCH_POSTGRES_URL to its address, such as postgresql://postgres@127.0.0.1:5432/postgres.',
  );
}

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
    await vacuum(address.href);
    return { url: address.href, settings: await settingsOf(client), cpuSeconds: cpuOf(client, name), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** What autovacuum does within a minute of so many new rows: without it, who measures first would be slower. */
async function vacuum(url: string): Promise<void> {
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
      // a server elsewhere has process numbers too
      const seconds = processFile(pid, 'comm').startsWith('postgres') ? cpuSecondsOf(pid) : null;
      if (seconds === null) return null;
      seen.set(pid, seconds);
    }
    return [...seen.values()].reduce((sum, seconds) => sum + seconds, 0);
  };
}
