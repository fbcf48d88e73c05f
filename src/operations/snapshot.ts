import { readFailure } from './failures.ts';
import { mayWrite } from './places.ts';
import { type CopyOptions, type SqliteFile, withSqlite } from './sqlite.ts';
import { checkWhole, countRows, type RowCounts } from './whole.ts';

export interface SnapshotOptions extends CopyOptions {
  readonly signal?: AbortSignal | undefined;
  /** A further check of the copy; throws a StartError in which the file is called by the source's name. */
  readonly check?: (copy: SqliteFile, name: string) => Promise<void>;
}

/**
 * Copies the database `from` as it stands at this moment to the new file `to`, while others go on reading and writing,
 * and checks every page of the copy. The copy is one file in rollback mode: nothing else belongs to it, and it can be
 * read from a medium that cannot be written. Throws a StartError, and may leave a part of `to`, where `from` is no
 * whole forum or cannot be read.
 *
 * Pages are copied rather than rows (VACUUM INTO): rows keep their rowids, to which a full-text index refers.
 */
export async function snapshot(from: string, to: string, options: SnapshotOptions): Promise<RowCounts> {
  const { signal, check } = options;
  try {
    // a handle that may write takes the files away again that SQLite puts beside a database while it is open
    await withSqlite(from, { write: await mayWrite(from), signal }, async (db) => {
      // a read transaction across all steps: without it, SQLite starts the copy anew after each commit of others
      await db.exec('BEGIN');
      await db.all('SELECT count(*) FROM sqlite_schema');
      await db.copyTo(to, options);
      await db.exec('COMMIT');
    });
    return await withSqlite(to, { write: true, signal }, async (copy) => {
      await copy.exec('PRAGMA journal_mode = DELETE');
      await checkWhole(copy, from);
      const counts = await countRows(copy, from);
      await check?.(copy, from);
      return counts;
    });
  } catch (error) {
    throw readFailure(error, from);
  }
}
