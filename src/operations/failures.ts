import { StartError } from '../start-error.ts';

const noSpace = (folder: string) => `there is not enough space in ${folder}.`;
const notAllowed = (folder: string) => `this user cannot write to the folder ${folder}.`;
const WRITE_FAILURES: Readonly<Record<string, (folder: string) => string>> = {
  ENOENT: (folder) => `the folder ${folder} does not exist.`,
  ENOTDIR: (folder) => `${folder} is not a folder.`,
  EACCES: notAllowed,
  EPERM: notAllowed,
  EROFS: (folder) => `the folder ${folder} is read-only.`,
  ENAMETOOLONG: () => 'the name of the file is too long.',
  ENOSPC: noSpace,
  EDQUOT: noSpace,
  EFBIG: noSpace,
  SQLITE_FULL: noSpace,
  SQLITE_IOERR: (folder) => `reading or writing the disk failed in ${folder} (is it full?).`,
};

/**
 * A failure to write, as a StartError with the message for its operator. Anything else is a fault and is returned
 * unchanged. The message begins with `what`, such as "The backup failed". `folder` is where the file was to be written.
 */
export function writeFailure(error: unknown, what: string, folder: string): unknown {
  const message = WRITE_FAILURES[codeOf(error)];
  return message ? new StartError(`${what}: ${message(folder)}`) : error;
}

const locked = (file: string) => `${file} is locked by another program: try again when it has finished.`;
const unreadable = (file: string) =>
  `This user cannot read ${file}, or cannot write to its folder, as SQLite must.`;
const READ_FAILURES: Readonly<Record<string, (file: string) => string>> = {
  SQLITE_NOTADB: (file) => `${file} is not an SQLite database.`,
  SQLITE_CORRUPT: (file) => `${file} is damaged: parts of it cannot be read.`,
  SQLITE_BUSY: locked,
  SQLITE_LOCKED: locked,
  SQLITE_CANTOPEN: unreadable,
  SQLITE_READONLY: unreadable,
  SQLITE_PERM: unreadable,
  EACCES: unreadable,
  EPERM: unreadable,
};

/** The same for a failure to read the SQLite file `file`. */
export function readFailure(error: unknown, file: string): unknown {
  const message = READ_FAILURES[codeOf(error)];
  return message ? new StartError(message(file)) : error;
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code ?? '');
}
