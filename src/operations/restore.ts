import { mkdir, rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sqliteFileOf } from './database-file.ts';
import { readFailure, writeFailure } from './failures.ts';
import { checkHistory } from './history.ts';
import { withHeld } from './hold.ts';
import { asideName, keepCompanions, keepHeld, keepUnreadable } from './keep-aside.ts';
import { fileArgument, isTaken, refuseDatabaseItself, requireFile } from './places.ts';
import { snapshot } from './snapshot.ts';
import { type CopyOptions, isSqliteFailure } from './sqlite.ts';
import { place, withStaged } from './staging.ts';
import type { RowCounts } from './whole.ts';

/** Its `CopyOptions` are those of the last copy, which replaces the database. */
export interface RestoreInput extends CopyOptions {
  readonly databaseUrl: string;
  readonly file: string | undefined;
  /** Names the database that is kept aside. */
  readonly now: Date;
  /** Aborted: the restore ends with the signal's reason, and the present database stands. */
  readonly signal?: AbortSignal | undefined;
}

export interface RestoreResult extends RowCounts {
  /** The absolute path of the database. */
  readonly database: string;
  /** Where the database that stood there is kept; null: there was none. */
  readonly keptAs: string | null;
}

const WHAT = 'Nothing is restored';

/**
 * Puts the backup `file` in the place of the SQLite database, which is kept aside. An older backup is migrated by the
 * next start of the server. Throws a StartError, and changes nothing, where `file` is damaged, no forum or from a newer
 * version, and while another process has the database open (for the limits see `withHeld`; a present file that is no readable
 * database cannot be locked, and is replaced without asking).
 *
 * The present database is not renamed away but rewritten in one transaction of its own: a crash leaves the old or the
 * new content, no WAL is ever played into a file that it does not belong to, and a server that starts meanwhile waits.
 */
export async function restore(input: RestoreInput): Promise<RestoreResult> {
  // input
  const database = sqliteFileOf(input.databaseUrl, 'restore');
  const file = fileArgument(input.file, 'restore');
  await requireFile(file, `There is no file ${file}.`);
  await refuseDatabaseItself(file, database);

  // copy and check the backup, then put the copy in place
  return inFolder(dirname(database), () =>
    withStaged(database, WHAT, async (staged) => {
      const counts = await snapshot(file, staged, { signal: input.signal, check: checkHistory });
      const aside = asideName(database, input.now);
      const isKept = await putInPlace(staged, database, aside, input);
      return { ...counts, database, keptAs: isKept ? aside : null };
    }),
  );
}

/** Whether a database stood there before. */
async function putInPlace(
  staged: string,
  database: string,
  aside: string,
  input: RestoreInput,
): Promise<boolean> {
  if (!(await isTaken(database))) {
    await keepCompanions(database, aside);
    await place(staged, database, false);
    return false;
  }
  await requireFile(database, `${WHAT}: ${database} has just been moved away.`);
  try {
    await replaceHeld(staged, database, aside, input);
  } catch (error) {
    if (!isSqliteFailure(error, 'SQLITE_NOTADB', 'SQLITE_CORRUPT')) throw readFailure(error, database);
    await keepUnreadable(database, aside);
    await place(staged, database, true, database);
  }
  return true;
}

async function replaceHeld(staged: string, database: string, aside: string, input: RestoreInput) {
  await withHeld(database, input.signal, async (held) => {
    // takes what the WAL holds into the file, and the WAL away
    await held.exec('PRAGMA journal_mode = DELETE');
    await keepHeld(held, database, aside, staged);
    try {
      await held.replaceBy(staged, input);
    } catch (error) {
      // the old content stands: a second copy of it would say that something had happened
      await rm(aside, { force: true });
      throw error;
    }
  });
}

/** A new machine has no folder for the database yet; it does not keep one if nothing comes into it. */
async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  let isNew = false;
  try {
    isNew = (await mkdir(folder, { recursive: true })) !== undefined;
    return await work();
  } catch (error) {
    if (isNew) await rmdir(folder).catch(() => undefined);
    throw writeFailure(error, WHAT, folder);
  }
}
