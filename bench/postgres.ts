import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { ON_POSTGRES, ON_SQLITE } from './programs.ts';
import { type Bench, figuresTable } from './report.ts';
import { move } from './server-sources.ts';
import { cpuSecondsOf, digits, processFile, type Server, start, stopAll } from './servers.ts';
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
const SHOWN = ['fsync', 'synchronous_commit', 'shared_buffers', 'autovacuum'];

async function query<T extends pg.QueryResultRow>(
  url: string,
  sql: string,
  params: unknown[] = [],
): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql, params)).rows;
  } finally {
    await client.end();
  }
}

/**
 * Moves a forum into a new database, as `npm run move` does. Returns its address, the server's settings, what its
 * processes have used, and its removal.
 */
export async function moveToServer(file: string, server: string) {
  const name = `parley_bench_${randomBytes(6).toString('hex')}`;
  const address = new URL(server);
  address.pathname = `/${name}`;
  const url = address.href;
  const remove = () => query(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await query(server, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  try {
    await move({ file, url });
    // what autovacuum does within a minute of so many new rows: without it, who measures first would be slower
    await query(url, 'VACUUM ANALYZE');
    const [version] = await query<{ readonly server_version: string }>(server, 'SHOW server_version');
    const shown = await query<{ readonly text: string }>(
      server,
      "SELECT name || ' ' || current_setting(name) text FROM pg_settings WHERE name = ANY($1) ORDER BY array_position($1, name)",
      [SHOWN],
    );
    const settings = `PostgreSQL ${version?.server_version.split(' ')[0]} (${shown.map(({ text }) => text).join(', ')})`;
    return { url, settings, cpuSeconds: cpuOf(server, name), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/**
 * The processor time of the processes that serve a database; null where they run on another machine. Adds up what each
 * had used when it was last seen, so that one that ends takes nothing away.
 */
function cpuOf(server: string, database: string): () => Promise<number | null> {
  const seen = new Map<number, number>();
  return async () => {
    const sql = 'SELECT pid FROM pg_stat_activity WHERE datname = $1';
    for (const { pid } of await query<{ readonly pid: number }>(server, sql, [database])) {
      // a server elsewhere has process numbers too
      const seconds = processFile(pid, 'comm').startsWith('postgres') ? cpuSecondsOf(pid) : null;
      if (seconds === null) return null;
      seen.set(pid, seconds);
    }
    return [...seen.values()].reduce((sum, seconds) => sum + seconds, 0);
  };
}
