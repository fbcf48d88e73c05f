// Checks that an SQLite file is a complete forum of a version that this program knows.
import { StartError } from '../start-error.ts';
import { type MigrationRow, migrationsFolder, pendingMigrations, readMigrations } from '../store/index.ts';
import { readFailure } from './failures.ts';
import { isSqliteFailure, type SqliteFile } from './sqlite.ts';

export interface RowCounts {
  readonly discussions: number;
  readonly comments: number;
}

/**
 * Throws a StartError unless every page and index of the file is sound and every foreign key refers to a row. Reads the
 * whole file. Messages call the file `name`.
 */
export async function checkIntegrity(db: SqliteFile, name: string): Promise<void> {
  const faults = await query<{ integrity_check: string }>(db, 'PRAGMA integrity_check(1)', name);
  const fault = faults[0]?.integrity_check;
  if (fault !== 'ok')
    throw new StartError(`${name} is damaged: ${oneLine(fault ?? 'the check returned nothing')}.`);
  const orphans = await query<{ table: string; parent: string }>(db, 'PRAGMA foreign_key_check', name);
  const [first] = orphans;
  if (first) {
    throw new StartError(
      `${name} is damaged: ${orphans.length} of its rows point to missing rows, ` +
        `the first from ${first.table} to ${first.parent}.`,
    );
  }
}

/** The number of discussions and comments, deleted ones included. Throws a StartError if the file is not a forum. */
export async function countRows(db: SqliteFile, name: string): Promise<RowCounts> {
  const [counts] = await query<RowCounts>(
    db,
    'SELECT (SELECT count(*) FROM discussion) AS discussions, (SELECT count(*) FROM comment) AS comments',
    name,
  );
  if (!counts) throw notParley(name);
  return counts;
}

/** The migrations that the file has had. Throws a StartError if it is not a forum. */
export async function migrationsOf(db: SqliteFile, name: string): Promise<MigrationRow[]> {
  const columns = 'migration_name, checksum, finished_at, rolled_back_at';
  const rows = await query<MigrationRow>(db, `SELECT ${columns} FROM _prisma_migrations`, name);
  if (rows.length === 0) throw notParley(name);
  return rows;
}

/**
 * Throws a StartError unless the file has had only migrations of this program. Some may be missing: the next start of
 * the server applies them.
 */
export async function checkHistory(db: SqliteFile, name: string): Promise<void> {
  const rows = await migrationsOf(db, name);
  try {
    pendingMigrations(rows, readMigrations(migrationsFolder('sqlite')));
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    const { message } = error;
    throw new StartError(`${name} cannot be restored: ${message.charAt(0).toLowerCase()}${message.slice(1)}`);
  }
}

/** Runs a query. Throws a StartError for an unreadable file, and for one without our tables or columns. */
export async function query<Row>(db: SqliteFile, sql: string, name: string): Promise<Row[]> {
  try {
    return await db.all<Row>(sql);
  } catch (error) {
    if (isSqliteFailure(error, 'SQLITE_ERROR') && /no such (table|column)/.test(error.message)) {
      throw notParley(name);
    }
    throw readFailure(error, name);
  }
}

function notParley(name: string): StartError {
  return new StartError(`${name} is an SQLite database, but not one of Parley's.`);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
