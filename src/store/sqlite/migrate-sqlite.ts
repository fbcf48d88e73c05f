import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import {
  foreignDatabase,
  historyRow,
  type Migration,
  type MigrationRow,
  migrationFailed,
  pendingMigrations,
} from '../migrations.ts';
import { checkPermissions, makeFolder, startErrorOf } from './database-file.ts';

/** How long to wait for another instance that migrates. */
const LOCK_MS_MAX = 60_000;

/** Prisma's own table, verbatim. */
const HISTORY = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

/** See `migrate`. */
export function migrateSqlite(file: string, migrations: readonly Migration[]): string[] {
  try {
    makeFolder(path.dirname(file));
    checkPermissions(file);
    const database = new BetterSqlite3(file, { timeout: LOCK_MS_MAX });
    try {
      // Set before BEGIN, because it has no effect inside a transaction. Where Prisma rebuilds a table it drops the old
      // one, which with foreign keys on would delete every row that refers to it by ON DELETE CASCADE.
      database.exec('BEGIN IMMEDIATE; ROLLBACK'); // finds out whether the file can be written to
      database.pragma('foreign_keys = OFF');
      return applyAll(database, file, migrations);
    } finally {
      database.close();
    }
  } catch (error) {
    throw startErrorOf(error, file);
  }
}

function applyAll(
  database: BetterSqlite3.Database,
  file: string,
  migrations: readonly Migration[],
): string[] {
  if (pendingMigrations(history(database, file), migrations).length === 0) return [];
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  const applied: string[] = [];
  for (;;) {
    database.exec('BEGIN IMMEDIATE'); // another instance waits here, then finds nothing to do
    try {
      const [next] = pendingMigrations(history(database, file), migrations);
      if (next) apply(database, next);
      database.exec(next ? 'COMMIT' : 'ROLLBACK');
      if (!next) return applied;
      applied.push(next.name);
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }
}

function history(database: BetterSqlite3.Database, file: string): MigrationRow[] {
  const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all();
  if (tables.length === 0) return [];
  if (!tables.includes('_prisma_migrations')) throw foreignDatabase(file);
  return database.prepare('SELECT * FROM _prisma_migrations').all() as MigrationRow[];
}

function apply(database: BetterSqlite3.Database, migration: Migration): void {
  try {
    database.exec(migration.sql);
    if (!database.inTransaction) throw new Error('it ends the transaction that it runs in');
    const [broken] = database.pragma('foreign_key_check') as { table: string; parent: string }[];
    if (broken) throw new Error(`rows of ${broken.table} would refer to missing rows of ${broken.parent}`);
  } catch (error) {
    throw migrationFailed(migration, error);
  }
  const row = historyRow(migration, new Date());
  const columns = Object.keys(row);
  database.exec(HISTORY);
  database
    .prepare(`INSERT INTO _prisma_migrations (${columns}) VALUES (${columns.map(() => '?')})`)
    .run(...Object.values(row));
}
