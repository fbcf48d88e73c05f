import { StartError } from '../start-error.ts';
import { readFailure } from './failures.ts';
import { isSqliteFailure, type SqliteFile } from './sqlite.ts';

export interface RowCounts {
  readonly discussions: number;
  readonly comments: number;
}

/**
 * Throws a StartError, in which the file is called `name`, unless every page and index of the file is sound and every
 * foreign key finds its row. Reads the whole file.
 */
export async function checkWhole(db: SqliteFile, name: string): Promise<void> {
  const faults = await answer<{ integrity_check: string }>(db, 'PRAGMA integrity_check(1)', name);
  const fault = faults[0]?.integrity_check;
  if (fault !== 'ok')
    throw new StartError(`${name} is damaged: ${oneLine(fault ?? 'the check returned nothing')}.`);
  const orphans = await answer<{ table: string; parent: string }>(db, 'PRAGMA foreign_key_check', name);
  const [first] = orphans;
  if (first) {
    throw new StartError(
      `${name} is damaged: ${orphans.length} of its rows point to missing rows, ` +
        `the first from ${first.table} to ${first.parent}.`,
    );
  }
}

/** How many discussions and comments the file holds, deleted ones too. Throws a StartError where it is no forum. */
export async function countRows(db: SqliteFile, name: string): Promise<RowCounts> {
  const [counts] = await answer<RowCounts>(
    db,
    'SELECT (SELECT count(*) FROM discussion) AS discussions, (SELECT count(*) FROM comment) AS comments',
    name,
  );
  if (!counts) throw notParley(name);
  return counts;
}

/** Runs a read, and says of `name` what its failure means. A table that is missing means: not our database. */
export async function answer<Row>(db: SqliteFile, sql: string, name: string): Promise<Row[]> {
  try {
    return await db.all<Row>(sql);
  } catch (error) {
    if (isSqliteFailure(error, 'SQLITE_ERROR') && /no such (table|column)/.test(error.message)) {
      throw notParley(name);
    }
    throw readFailure(error, name);
  }
}

/** What an operator reads for an SQLite file that another program made. */
export function notParley(name: string): StartError {
  return new StartError(`${name} is an SQLite database, but not one of Parley's.`);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
