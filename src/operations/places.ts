import { lstat, open, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { StartError } from '../start-error.ts';

/** The files that SQLite keeps beside a database while it is open. */
export const COMPANIONS = ['-wal', '-shm', '-journal'] as const;

/** The one file argument as an absolute path. Throws a StartError with the way to call `command` if there is none. */
export function fileArgument(file: string | undefined, command: 'backup' | 'restore'): string {
  if (file) return resolve(file);
  throw new StartError(`Name the file: npm run ${command} -- FILE.`);
}

/** Throws a StartError if `file` is the database, or one of the files that belong to it, under whatever name. */
export async function refuseDatabaseItself(file: string, database: string): Promise<void> {
  const place = await trueName(file);
  const own = await trueName(database);
  const isSame = place === own || (await isSameFile(file, database));
  if (isSame) throw new StartError(`${file} is the forum's database itself: name another file.`);
  if (COMPANIONS.some((companion) => place === own + companion)) {
    throw new StartError(`${file} belongs to the forum's database: name another file.`);
  }
}

/** Whether something has this name, be it a link that leads nowhere. */
export async function isTaken(file: string): Promise<boolean> {
  return (await found(lstat(file))) !== null;
}

/**
 * Throws a StartError if SQLite keeps something beside `file`: it is open somewhere or was not closed cleanly, and what
 * stands in its journal would be played into any file that took its place.
 */
export async function refuseCompanions(file: string): Promise<void> {
  for (const companion of COMPANIONS) {
    if (await isTaken(file + companion)) {
      throw new StartError(
        `${file} is open in a program, or was not closed cleanly (${basename(file + companion)} is next to it): ` +
          'name another file.',
      );
    }
  }
}

/** Throws a StartError unless `file` is a file that this user may read. */
export async function requireFile(file: string, ifMissing: string): Promise<void> {
  const entry = await found(stat(file));
  if (!entry) throw new StartError(ifMissing);
  if (!entry.isFile()) throw new StartError(`${file} is not a file.`);
  if (!(await mayOpen(file, 'r'))) throw new StartError(`This user cannot read ${file}.`);
}

/** Whether this user may write to the file; on a read-only file system nobody may. */
export function mayWrite(file: string): Promise<boolean> {
  return mayOpen(file, 'r+');
}

async function mayOpen(file: string, flags: 'r' | 'r+'): Promise<boolean> {
  try {
    await (await open(file, flags)).close();
    return true;
  } catch {
    return false;
  }
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = [await found(stat(one)), await found(stat(other))];
  return a !== null && b !== null && a.dev === b.dev && a.ino === b.ino;
}

/** The path without links in its folder; a folder that is missing is found out later, with its own sentence. */
async function trueName(file: string): Promise<string> {
  return join((await found(realpath(dirname(file)))) ?? dirname(file), basename(file));
}

/** Null for what is not there. */
async function found<T>(looking: Promise<T>): Promise<T | null> {
  try {
    return await looking;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    if (code === 'EACCES')
      throw new StartError('This user cannot enter one of the folders on the path to the file.');
    throw error;
  }
}
