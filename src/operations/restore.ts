import { mkdir, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkHistory, type RowCounts } from './check-database.ts';
import { fileArgument, refuseDatabaseItself, requireFile, sqliteFileOf } from './database-files.ts';
import { writeFailure } from './failures.ts';
import { type ReplaceOptions, refuseOpenDatabase, replaceDatabase } from './replace-database.ts';
import { snapshot } from './snapshot.ts';
import { withStaged } from './staging.ts';

/** Its copy options apply to the last copy, which replaces the database. */
interface RestoreInput extends ReplaceOptions {
  readonly databaseUrl: string;
  readonly file: string | undefined;
}

interface RestoreResult extends RowCounts {
  /** The absolute path of the database. */
  readonly database: string;
  /** The path of the preserved old database. Null if there was none. */
  readonly preservedAs: string | null;
}

const WHAT = 'Nothing is restored';

/**
 * Replaces the SQLite database by the backup `file`, and preserves the old database beside it. The next start of the
 * server migrates an older backup. If `signal` is aborted, it rejects with the signal's reason and the old database
 * stays in place.
 *
 * Throws a StartError, with nothing changed, if `file` is damaged, not a forum, or from a newer version, and if another
 * process has the database open (`withExclusiveLock` in replace-database.ts states the limits). A database that SQLite
 * cannot read cannot be locked either: it is replaced in any case.
 *
 * The old database is not renamed but overwritten in one transaction of its own. A crash leaves the old or the new
 * content, no WAL is applied to a file that it does not belong to, and a server that starts meanwhile waits.
 */
export async function restore(input: RestoreInput): Promise<RestoreResult> {
  // input
  const database = sqliteFileOf(input.databaseUrl, 'restore');
  const file = fileArgument(input.file, 'restore');
  await requireFile(file, `There is no file ${file}.`);
  await refuseDatabaseItself(file, database);
  await refuseOpenDatabase(database, input.signal); // before a large backup is copied and checked for nothing

  // copy and check the backup, then put the copy in place
  return inFolder(dirname(database), () =>
    withStaged(database, WHAT, async (staged) => {
      const counts = await snapshot(file, staged, { signal: input.signal, check: checkHistory });
      const preservedAs = await replaceDatabase(staged, database, input);
      return { ...counts, database, preservedAs };
    }),
  );
}

/** Creates the folder if a new machine has none, and deletes it again if the restore fails. */
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
