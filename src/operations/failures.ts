import { StartError } from '../start-error.ts';
import { isSqliteFailure } from './sqlite.ts';

/**
 * A failure to write, as a StartError with the message for its operator. Anything else is a fault and is returned
 * unchanged. The message begins with `what`, such as "The backup failed". `folder` is where the file was to be written.
 */
export function writeFailure(error: unknown, what: string, folder: string): unknown {
  switch (codeOf(error)) {
    case 'ENOENT':
      return new StartError(`${what}: the folder ${folder} does not exist.`);
    case 'ENOTDIR':
      return new StartError(`${what}: ${folder} is not a folder.`);
    case 'EACCES':
    case 'EPERM':
      return new StartError(`${what}: this user cannot write to the folder ${folder}.`);
    case 'EROFS':
      return new StartError(`${what}: the folder ${folder} is read-only.`);
    case 'ENAMETOOLONG':
      return new StartError(`${what}: the name of the file is too long.`);
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
    case 'SQLITE_FULL':
      return new StartError(`${what}: there is not enough space in ${folder}.`);
    case 'SQLITE_IOERR':
      return new StartError(`${what}: reading or writing the disk failed in ${folder} (is it full?).`);
    default:
      return error;
  }
}

/** The same for a failure to read the SQLite file `file`. */
export function readFailure(error: unknown, file: string): unknown {
  switch (codeOf(error)) {
    case 'SQLITE_NOTADB':
      return new StartError(`${file} is not an SQLite database.`);
    case 'SQLITE_CORRUPT':
      return new StartError(`${file} is damaged: parts of it cannot be read.`);
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return new StartError(`${file} is locked by another program: try again when it has finished.`);
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
    case 'SQLITE_PERM':
    case 'EACCES':
    case 'EPERM':
      return new StartError(`This user cannot read ${file}, or cannot write to its folder, as SQLite must.`);
    default:
      return error;
  }
}

function codeOf(error: unknown): string | undefined {
  if (isSqliteFailure(error)) return error.code;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
