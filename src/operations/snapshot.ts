import { checkIntegrity, countRows, type RowCounts } from './check-database.ts';
import { mayWrite } from './database-files.ts';
import { readFailure } from './failures.ts';
import { type CopyOptions, type SqliteFile, withSqlite } from './sqlite.ts';

interface SnapshotOptions extends CopyOptions {
  readonly signal?: AbortSignal | undefined;
  /** A further check of the copy. It throws a StartError whose message calls the file `name`, the source's name. */
  readonly check?: (copy: SqliteFile, name: string) => Promise<void>;
}

/**
 * Copies the present state of the database `from` to the new file `to`, while other processes read and write, and checks
 * every page of the copy. The copy is in rollback mode: it is a single file, and can be read from a read-only medium.
 * Throws a StartError, and may leave a part of `to`, if `from` is not a complete forum or cannot be read.
 *
 * It copies pages, not rows (VACUUM INTO), because a full-text index refers to rowids, which must not change.
 */
export async function snapshot(from: string, to: string, options: SnapshotOptions): Promise<RowCounts> {
  const { signal, check } = options;
  try {
    // only a handle that may write deletes the companions of the database when it closes
    await withSqlite(from, { write: await mayWrite(from), signal }, async (db) => {
      // a read transaction across all steps: without it, SQLite restarts the copy after each commit of another process
      await db.exec('BEGIN');
      await db.all('SELECT count(*) FROM sqlite_schema');
      await db.copyTo(to, options);
      await db.exec('COMMIT');
    });
    return await withSqlite(to, { write: true, signal }, async (copy) => {
      await copy.exec('PRAGMA journal_mode = DELETE');
      await checkIntegrity(copy, from);
      const counts = await countRows(copy, from);
      await check?.(copy, from);
      return counts;
    });
  } catch (error) {
    throw readFailure(error, from);
  }
}
