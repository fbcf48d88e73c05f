import { stat } from 'node:fs/promises';
import { StartError } from '../start-error.ts';
import { sqliteFileOf } from './database-file.ts';
import { fileArgument, isTaken, refuseCompanions, refuseDatabaseItself, requireFile } from './places.ts';
import { snapshot } from './snapshot.ts';
import type { CopyOptions } from './sqlite.ts';
import { place, withStaged } from './staging.ts';
import type { RowCounts } from './whole.ts';

export interface BackUpInput extends CopyOptions {
  readonly databaseUrl: string;
  readonly file: string | undefined;
  /** Overwrite a file of that name. */
  readonly force?: boolean;
  /** Aborted: the backup ends with the signal's reason, and leaves nothing. */
  readonly signal?: AbortSignal | undefined;
}

export interface BackUpResult extends RowCounts {
  /** The absolute path of the backup. */
  readonly file: string;
  readonly bytes: number;
}

/**
 * Copies the SQLite database to `file` while the server goes on. The copy holds everything that was acknowledged before
 * the call, and nothing half: it has passed SQLite's integrity check and lies on the disk before it gets its name.
 * Throws a StartError, and leaves nothing, where there is no database, no right, no room, or a file of that name.
 */
export async function backUp(input: BackUpInput): Promise<BackUpResult> {
  const { force = false, signal } = input;

  // input
  const database = sqliteFileOf(input.databaseUrl, 'backup');
  const file = fileArgument(input.file, 'backup');
  await requireFile(
    database,
    `There is no database yet at ${database}: the first start of the server creates it.`,
  );
  await refuseDatabaseItself(file, database);
  if (await isTaken(file)) await refuseUnless(force, file);
  await refuseCompanions(file);

  // copy, check, then give it its name
  return withStaged(file, 'The backup failed', async (staged) => {
    const counts = await snapshot(database, staged, input);
    signal?.throwIfAborted();
    const { size } = await stat(staged);
    await place(staged, file, force, database);
    return { ...counts, file, bytes: size };
  });
}

async function refuseUnless(force: boolean, file: string): Promise<void> {
  if ((await stat(file).catch(() => null))?.isDirectory()) {
    throw new StartError(`${file} is a folder: name a file in it.`);
  }
  if (!force) throw new StartError(`${file} exists already: add --force to overwrite it.`);
}
