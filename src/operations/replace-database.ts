// Puts a checked copy in the place of the SQLite database, and preserves the database that it replaces.
import { constants } from 'node:fs';
import { copyFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StartError } from '../start-error.ts';
import { COMPANIONS, exists, requireFile } from './database-files.ts';
import { readFailure } from './failures.ts';
import { type CopyOptions, isSqliteFailure, type SqliteFile, withSqlite } from './sqlite.ts';
import { flush, moveIntoPlace } from './staging.ts';

export interface ReplaceOptions extends CopyOptions {
  /** Names the preserved database. */
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Replaces `database` by the file `staged`. Returns the path of the preserved old database. Null if there was none.
 * Throws a StartError, with nothing changed, if another process has the database open (see `withExclusiveLock`).
 */
export async function replaceDatabase(
  staged: string,
  database: string,
  options: ReplaceOptions,
): Promise<string | null> {
  const preserved = preservedName(database, options.now);
  if (!(await exists(database))) {
    await moveCompanions(database, preserved);
    await moveIntoPlace(staged, database, false);
    return null;
  }
  await requireFile(database, `Nothing is restored: ${database} has just been moved away.`);
  try {
    await overwriteContent(staged, database, preserved, options);
  } catch (error) {
    if (!isSqliteFailure(error, 'SQLITE_NOTADB', 'SQLITE_CORRUPT')) throw readFailure(error, database);
    await preserveUnreadable(database, preserved);
    await moveIntoPlace(staged, database, true, database);
  }
  return preserved;
}

/** Long enough for a server that is just closing the database, and too short to be noticed. */
const LOOK_MS_MAX = 300;

/**
 * Throws a StartError if another process has the database open. A database that is missing or that SQLite cannot read
 * cannot be locked, and is replaced in any case.
 */
export async function refuseOpenDatabase(database: string, signal: AbortSignal | undefined): Promise<void> {
  if (!(await exists(database))) return;
  try {
    await withExclusiveLock(database, { busyMs: LOOK_MS_MAX, signal }, async () => {});
  } catch (error) {
    // what else is wrong with it is reported when it is replaced
    if (!isSqliteFailure(error)) throw error;
  }
}

/** For example `forum.db.before-restore-20260131T235900Z`. */
function preservedName(database: string, now: Date): string {
  return `${database}.before-restore-${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
}

async function overwriteContent(
  staged: string,
  database: string,
  preserved: string,
  options: ReplaceOptions,
): Promise<void> {
  await withExclusiveLock(database, { signal: options.signal }, async (db) => {
    // writes the WAL's content into the file and deletes the WAL
    await db.exec('PRAGMA journal_mode = DELETE');
    const copy = join(dirname(staged), 'preserved.db');
    await db.copyTo(copy);
    await moveIntoPlace(copy, preserved, false, database);
    try {
      await db.replaceBy(staged, options);
    } catch (error) {
      // the old content is still in place: a preserved copy would suggest a restore that did not happen
      await rm(preserved, { force: true });
      throw error;
    }
  });
}

/**
 * Opens the database for this process alone while `use` runs. Throws a StartError, with nothing changed, if another
 * process has it open. A process that opens it later waits for the lock, and then reads what `use` has written.
 *
 * In WAL mode every connection that has read once keeps a shared lock on the file as long as it is open, idle or not,
 * and an exclusive lock waits for all of them. Two kinds of connections go unnoticed: those that have not read yet, and
 * idle ones to a database in rollback mode. SQLite makes both read the new content with their next statement. On most
 * network file systems locks do not work across machines.
 */
function withExclusiveLock<T>(
  database: string,
  options: { readonly busyMs?: number; readonly signal: AbortSignal | undefined },
  use: (db: SqliteFile) => Promise<T>,
): Promise<T> {
  return withSqlite(database, { write: true, ...options }, async (db) => {
    try {
      // before the first read: only then SQLite locks the whole file instead of a part of the WAL index
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

/**
 * Copies a file that SQLite cannot read, and moves its journals away, so that none is applied to the file that replaces
 * it. The file itself stays until it is replaced.
 */
async function preserveUnreadable(database: string, preserved: string): Promise<void> {
  // overwriteContent has already copied it if the damage showed later
  if (!(await exists(preserved)))
    await copyFile(database, preserved, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  await flush(preserved);
  await moveCompanions(database, preserved);
}

/** Moves the journals of a database that is missing or unreadable. */
async function moveCompanions(database: string, preserved: string): Promise<void> {
  for (const companion of COMPANIONS) {
    if (await exists(database + companion)) await rename(database + companion, preserved + companion);
  }
  await flush(dirname(database));
}
