import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../../src/store/index.ts';
import { createPostgresDatabase, onServer, postgresUrl, urlOfDatabase } from './postgres.ts';

/** Where a run's processes find its template's name. */
const NAME = 'PARLEY_TEST_TEMPLATE';
const COPIES = 'parley_copy';
const DAY_MS = 86_400_000;

/**
 * Migrates one database before all tests: copying it takes less than half of the time that migrating does. Its copies
 * are dropped after all tests, not after each. A database is 300 files, and for a minute ext4 passes over the inode of
 * every deleted file when it makes a new one: after a few drops a copy takes ten times as long.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (postgresUrl() === null) return undefined;
  const template = await createPostgresDatabase();
  await migrate(template.url);
  process.env[NAME] = template.name;
  // those of runs that were killed
  await dropCopies((_, madeAt) => madeAt < Date.now() - DAY_MS);
  return async () => {
    await dropCopies((name) => name.includes(template.name));
    await template.drop();
  };
}

/** The URL of a database of its own: migrated and without a row, or a copy of another one, which nobody is using. */
export async function createMigratedDatabase(other?: string): Promise<string> {
  const name = `${COPIES}_${Date.now()}_${process.env[NAME]}_${randomBytes(4).toString('hex')}`;
  const template = other === undefined ? process.env[NAME] : new URL(other).pathname.slice(1);
  await onServer(
    `CREATE DATABASE ${name} TEMPLATE ${template}`,
    // acknowledges commits at once: no test cuts the power
    `ALTER DATABASE ${name} SET synchronous_commit = off`,
  );
  return urlOfDatabase(name);
}

/** Drops the copies of which `isToDrop` is true: by name and time of creation. */
async function dropCopies(isToDrop: (name: string, madeAt: number) => boolean): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl() ?? '' });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database WHERE datname LIKE '${COPIES}%'`,
  );
  for (const { name } of rows)
    if (isToDrop(name, Number(name.split('_')[2]))) await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await client.end();
}
