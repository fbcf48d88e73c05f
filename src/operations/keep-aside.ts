import { constants } from 'node:fs';
import { copyFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { COMPANIONS, isTaken } from './places.ts';
import type { SqliteFile } from './sqlite.ts';
import { flush, place } from './staging.ts';

/** Where the present database is kept: `forum.db.before-restore-20260131T235900Z`. */
export function asideName(database: string, now: Date): string {
  return `${database}.before-restore-${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
}

/** Copies the database that is held, page by page and unchecked, to `aside`; whole or not at all. */
export async function keepHeld(
  held: SqliteFile,
  database: string,
  aside: string,
  staged: string,
): Promise<void> {
  const copy = join(dirname(staged), 'aside.db');
  await held.copyTo(copy);
  await place(copy, aside, false, database);
}

/**
 * Keeps a file that SQLite cannot read, and moves what SQLite had beside it: no journal may meet the file that comes in
 * its place. The file itself stays where it is until that one replaces it.
 */
export async function keepUnreadable(database: string, aside: string): Promise<void> {
  // the attempt to replace a file that proves damaged half way has kept it already
  if (!(await isTaken(aside)))
    await copyFile(database, aside, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  await flush(aside);
  await keepCompanions(database, aside);
}

/** Moves journals whose database is gone, or cannot be read. */
export async function keepCompanions(database: string, aside: string): Promise<void> {
  for (const companion of COMPANIONS) {
    if (await isTaken(database + companion)) await rename(database + companion, aside + companion);
  }
  await flush(dirname(database));
}
