import { accessSync, constants, existsSync, mkdirSync, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import { StartError } from '../../start-error.ts';
import { DatabaseUnavailable } from '../unavailable.ts';

/**
 * Creates a folder and its parents. Throws EEXIST if a file has its path. Node's `recursive` option never returns on
 * file systems that refuse folders with ENOENT, such as /proc.
 */
export function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  if (path.dirname(folder) !== folder) makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // another instance may have created it
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(folder: string): boolean {
  try {
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}

/**
 * Returns a function that throws if the database file or its log is no longer the one that was open at its path: what is
 * written to a file that was moved away, or replaced, is not there at the next start.
 */
export function identityCheck(file: string): () => void {
  const known = new Map<string, number>();
  return () => {
    for (const path of [file, `${file}-wal`]) {
      const found = statSync(path, { throwIfNoEntry: false })?.ino;
      const before = known.get(path);
      if (before === undefined && found !== undefined) known.set(path, found);
      else if (before !== found)
        throw new DatabaseUnavailable('DATABASE_MOVED', `${path} was moved or replaced: restart the server.`);
    }
  };
}

/**
 * Throws if this user may not write to the file, or to its folder, which gets the log. SQLite opens a read-only file
 * without an error, and a server would serve it and refuse every write.
 */
export function checkPermissions(file: string): void {
  if (existsSync(file)) accessSync(file, constants.W_OK);
  accessSync(path.dirname(file), constants.W_OK);
}

/** Far more than one write takes in the log. */
const FREE_BYTES_MIN = 256 * 1024;

/** Throws if the disk of the database file is full. */
export function checkSpace(file: string): void {
  const { bavail, bsize } = statfsSync(path.dirname(file));
  if (bavail * bsize < FREE_BYTES_MIN)
    throw new DatabaseUnavailable('DATABASE_FULL', `The disk of ${file} is full.`);
}

/** The StartError for a file that cannot be used, or the error itself if it is unknown. */
export function startErrorOf(error: unknown, file: string): unknown {
  if (error instanceof StartError) return error;
  const text = `${(error as { code?: string }).code ?? ''} ${String((error as Error).message)}`;
  const name = path.resolve(file);
  if (isFolder(file))
    return new StartError(`${name} is a folder, not a database file: correct DATABASE_URL.`);
  if (/EACCES|EPERM|EROFS|READONLY|attempt to write a readonly/i.test(text)) {
    return new StartError(
      `${name} cannot be written to: give this user write permission to the file and its folder, or correct DATABASE_URL.`,
    );
  }
  if (/ENOTDIR|EEXIST/.test(text))
    return new StartError(`${path.dirname(name)} is not a folder: correct DATABASE_URL.`);
  if (/NOTADB|not a database|CORRUPT|malformed/i.test(text)) {
    return new StartError(
      `${name} is not a SQLite database, or it is damaged: correct DATABASE_URL, or restore a backup.`,
    );
  }
  if (/ENOENT|CANTOPEN|unable to open/i.test(text))
    return new StartError(`${name} cannot be opened: correct DATABASE_URL.`);
  if (/ENOSPC|SQLITE_FULL/.test(text)) return new StartError(`The disk of ${name} is full.`);
  if (/BUSY|database is locked|SocketTimeout/i.test(text)) {
    return new StartError(`${name} is locked by another program: stop that one first.`);
  }
  return error;
}
