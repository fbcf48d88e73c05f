import { lstat, open, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { StartError } from '../start-error.ts';
import { addressOf } from '../store/index.ts';

const POSTGRES_TOOLS = {
  backup: 'pg_dump --format=custom --file=FILE "$DATABASE_URL"',
  restore: 'pg_restore --clean --if-exists --dbname="$DATABASE_URL" FILE',
} as const;

/** The absolute path of the SQLite database. For PostgreSQL it throws a StartError that names PostgreSQL's own tool. */
export function sqliteFileOf(databaseUrl: string, command: keyof typeof POSTGRES_TOOLS): string {
  const address = addressOf(databaseUrl);
  if (address.engine === 'sqlite') return address.file;
  throw new StartError(
    `The command ${command} is for SQLite; for PostgreSQL use ${POSTGRES_TOOLS[command]}.`,
  );
}

/** The suffixes of the files that SQLite keeps beside an open database. */
export const COMPANIONS = ['-wal', '-shm', '-journal'] as const;

/** The file argument as an absolute path. Throws a StartError that shows the usage of `command` if it is missing. */
export function fileArgument(file: string | undefined, command: 'backup' | 'restore'): string {
  if (file) return resolve(file);
  throw new StartError(`The command ${command} needs a FILE.`);
}

/** Throws a StartError if `file` is, under any name, the database or one of its companions. */
export async function refuseDatabaseItself(file: string, database: string): Promise<void> {
  const path = await realName(file);
  const own = await realName(database);
  const isSame = path === own || (await isSameFile(file, database));
  if (isSame) throw new StartError(`${file} is the forum's database itself: name another file.`);
  if (COMPANIONS.some((companion) => path === own + companion)) {
    throw new StartError(`${file} belongs to the forum's database: name another file.`);
  }
}

/** Whether the name is in use, even by a broken link. */
export async function exists(file: string): Promise<boolean> {
  return (await found(lstat(file))) !== null;
}

/**
 * Throws a StartError if `file` has companions: it is open or was not closed cleanly, and SQLite would apply its journal
 * to any file that replaces it.
 */
export async function refuseCompanions(file: string): Promise<void> {
  for (const companion of COMPANIONS) {
    if (await exists(file + companion)) {
      throw new StartError(
        `${file} is open in a program, or was not closed cleanly (${basename(file + companion)} is next to it): ` +
          'name another file.',
      );
    }
  }
}

/** Throws a StartError if the SQLite database that the URL names does not exist. Whether another can be used, its opening tells. */
export async function requireDatabase(databaseUrl: string): Promise<void> {
  const address = addressOf(databaseUrl);
  if (address.engine === 'sqlite' && (await found(stat(address.file))) === null)
    throw new StartError(noDatabaseAt(address.file));
}

/** What is said of a missing database. */
export function noDatabaseAt(file: string): string {
  return `There is no database yet at ${file}: the first start of the server creates it.`;
}

/** Throws a StartError unless `file` is a regular file that this user may read. */
export async function requireFile(file: string, ifMissing: string): Promise<void> {
  const entry = await found(stat(file));
  if (!entry) throw new StartError(ifMissing);
  if (!entry.isFile()) throw new StartError(`${file} is not a file.`);
  if (!(await mayOpen(file, 'r'))) throw new StartError(`This user cannot read ${file}.`);
}

/** Whether this user may write to the file. False on a read-only file system. */
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

/** The path with the links in its folder resolved. A missing folder is reported later, with its own message. */
async function realName(file: string): Promise<string> {
  return join((await found(realpath(dirname(file)))) ?? dirname(file), basename(file));
}

/** The result of a look-up. Null if the file does not exist. */
async function found<T>(lookup: Promise<T>): Promise<T | null> {
  try {
    return await lookup;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    if (code === 'EACCES')
      throw new StartError('This user cannot enter one of the folders on the path to the file.');
    throw error;
  }
}
