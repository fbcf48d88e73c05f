import pg from 'pg';
import { StartError } from '../../start-error.ts';
import {
  foreignDatabase,
  historyRow,
  type Migration,
  type MigrationRow,
  migrationFailed,
  pendingMigrations,
} from '../migrations.ts';
import { checkServer } from './check-server.ts';
import { commandClient, nameOf, type PostgresAddress, postgresAddress, startErrorOf } from './connection.ts';
import { endClient } from './pool.ts';

/** The advisory lock of Prisma Migrate, so that the two never run at once. */
const LOCK = 72707369;
/** How long to wait for another instance that migrates. */
const LOCK_MS_MAX = 60_000;

/** A migration may rewrite the tables of a large forum. */
const STATEMENT_MS_MAX = 60 * 60_000;

/** Prisma's own table, verbatim. */
const HISTORY = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
)`;

/** See `migrate`. */
export async function migratePostgres(url: string, migrations: readonly Migration[]): Promise<string[]> {
  try {
    const address = postgresAddress(url);
    const client = commandClient(address, STATEMENT_MS_MAX);
    await client.connect();
    try {
      const schema = await checkServer(client, url, address);
      if (schema === null) await createSchema(client, url, address);
      return await applyAll(client, url, migrations);
    } finally {
      await endClient(client);
    }
  } catch (error) {
    throw startErrorOf(error, url);
  }
}

/** As Prisma does for its `?schema=`. Of several instances at once, one creates it. */
async function createSchema(client: pg.Client, url: string, { schema }: PostgresAddress): Promise<void> {
  if (schema === null)
    throw new StartError(`${nameOf(url)} has none of the schemas in search_path: name one by ?schema=.`);
  await client.query('BEGIN');
  try {
    await lock(client);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${pg.escapeIdentifier(schema)}`);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

async function applyAll(client: pg.Client, url: string, migrations: readonly Migration[]): Promise<string[]> {
  const applied: string[] = [];
  while (pendingMigrations(await history(client, url), migrations).length > 0) {
    const name = await applyNext(client, url, migrations);
    if (name !== null) applied.push(name);
  }
  return applied;
}

/** Applies one migration with its history row in a transaction. Null if another instance has applied it. */
async function applyNext(
  client: pg.Client,
  url: string,
  migrations: readonly Migration[],
): Promise<string | null> {
  await client.query('BEGIN');
  try {
    await lock(client);
    const [next] = pendingMigrations(await history(client, url), migrations);
    if (next) await apply(client, next);
    await client.query('COMMIT');
    return next?.name ?? null;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/** The lock belongs to the transaction: behind PgBouncer the next transaction may use another connection. */
async function lock(client: pg.Client): Promise<void> {
  await client.query(`SET LOCAL lock_timeout = ${LOCK_MS_MAX}`);
  try {
    await client.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
  } catch (error) {
    if ((error as { code?: string }).code !== '55P03') throw error;
    throw new StartError(
      'Another instance has been migrating this database for a minute: start again when it is done.',
    );
  }
  await client.query('SET LOCAL lock_timeout = DEFAULT');
}

async function history(client: pg.Client, url: string): Promise<MigrationRow[]> {
  const { rows: tables } = await client.query<{ tablename: string }>(
    'SELECT tablename FROM pg_tables WHERE schemaname = current_schema()',
  );
  if (tables.length === 0) return [];
  if (!tables.some((table) => table.tablename === '_prisma_migrations')) throw foreignDatabase(nameOf(url));
  return (await client.query<MigrationRow>('SELECT * FROM _prisma_migrations')).rows;
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query(migration.sql);
  } catch (error) {
    throw migrationFailed(migration, error);
  }
  const row = historyRow(migration, new Date());
  const columns = Object.keys(row);
  await client.query(HISTORY);
  await client.query(
    `INSERT INTO _prisma_migrations (${columns}) VALUES (${columns.map((_, i) => `$${i + 1}`)})`,
    Object.values(row),
  );
}
