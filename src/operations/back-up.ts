import { stat } from 'node:fs/promises';
import { StartError } from '../start-error.ts';
import type { RowCounts } from './check-database.ts';
import {
  exists,
  fileArgument,
  noDatabaseAt,
  refuseCompanions,
  refuseDatabaseItself,
  requireFile,
  sqliteFileOf,
} from './database-files.ts';
import { snapshot } from './snapshot.ts';
import type { CopyOptions } from './sqlite.ts';
import { moveIntoPlace, withStaged } from './staging.ts';

interface BackUpInput extends CopyOptions {
  readonly databaseUrl: string;
  readonly file: string | undefined;
  /** Overwrites an existing file. */
  readonly force?: boolean;
  /** If it is aborted, the backup rejects with the signal's reason and leaves no file. */
  readonly signal?: AbortSignal | undefined;
}

interface BackUpResult extends RowCounts {
  /** The absolute path of the backup. */
  readonly file: string;
  readonly bytes: number;
}

/**
 * Copies the SQLite database to `file` while the server runs. The copy holds every transaction that was acknowledged
 * before the call. It passes SQLite's integrity check and is flushed to the disk before it gets its name. Throws a
 * StartError, and leaves no file, if there is no database, no permission, no disk space, or an existing file.
 */
export async function backUp(input: BackUpInput): Promise<BackUpResult> {
  const { force = false, signal } = input;

  // input
  const database = sqliteFileOf(input.databaseUrl, 'backup');
  const file = fileArgument(input.file, 'backup');
  await requireFile(database, noDatabaseAt(database));
  await refuseDatabaseItself(file, database);
  if (await exists(file)) await refuseUnless(force, file);
  await refuseCompanions(file);

  // copy, check, then give it its name
  return withStaged(file, 'The backup failed', async (staged) => {
    const counts = await snapshot(database, staged, input);
    signal?.throwIfAborted();
    const { size } = await stat(staged);
    await moveIntoPlace(staged, file, force, database);
    return { ...counts, file, bytes: size };
  });
}

async function refuseUnless(force: boolean, file: string): Promise<void> {
  if ((await stat(file).catch(() => null))?.isDirectory()) {
    throw new StartError(`${file} is a folder: name a file in it.`);
  }
  if (!force) throw new StartError(`${file} already exists: add --force to overwrite it.`);
}
