import { StartError } from '../start-error.ts';
import { isSqliteFailure, type SqliteFile, withSqlite } from './sqlite.ts';

/**
 * Opens the database for this process alone while `use` runs. Throws a StartError, and has changed nothing, while
 * another process has it open; one that opens it meanwhile waits for the lock, and then finds what `use` left.
 *
 * How another process is noticed: in WAL mode every connection that has read once keeps a shared lock on the file for
 * as long as it is open, idle or not, and an exclusive lock waits for all of them. Not noticed are connections that
 * have not read yet, and idle ones to a database in rollback mode; both hold nothing of the old content that SQLite
 * would not find out of date at their next statement. Locks do not reach across machines on most network file systems.
 */
export function withHeld<T>(
  database: string,
  signal: AbortSignal | undefined,
  use: (held: SqliteFile) => Promise<T>,
): Promise<T> {
  return withSqlite(database, { write: true, signal }, async (db) => {
    try {
      // before the first read: only then SQLite asks for the whole file instead of a place in the WAL
      await db.exec('PRAGMA locking_mode = EXCLUSIVE');
      await db.exec('PRAGMA synchronous = EXTRA');
      await db.exec('BEGIN EXCLUSIVE; COMMIT');
    } catch (error) {
      if (!isSqliteFailure(error, 'SQLITE_BUSY', 'SQLITE_LOCKED')) throw error;
      throw new StartError(`${database} is open in another program: stop the server, then restore.`);
    }
    return use(db);
  });
}
