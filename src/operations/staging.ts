import { chmod, link, mkdtemp, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StartError } from '../start-error.ts';
import { writeFailure } from './failures.ts';

/**
 * Calls `use` with the path of a new file in a temporary folder, which only this user may enter. The folder lies beside
 * `file`, so that a rename into place copies no bytes. It is deleted with its content when `use` has settled. A killed
 * process leaves the folder `<file>.partial-…` and nothing else; it can be deleted.
 */
export async function withStaged<T>(
  file: string,
  what: string,
  use: (staged: string) => Promise<T>,
): Promise<T> {
  try {
    const folder = await mkdtemp(`${file}.partial-`);
    try {
      return await use(join(folder, 'copy.db'));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  } catch (error) {
    throw writeFailure(error, what, dirname(file));
  }
}

/**
 * Moves a staged file to its final name. After a crash the file is complete or absent. Unless `replace` is set, an
 * existing file is never overwritten, not even one that was created a moment ago. `like` is a file whose permissions it
 * gets.
 */
export async function moveIntoPlace(
  staged: string,
  file: string,
  replace: boolean,
  like?: string,
): Promise<void> {
  if (like !== undefined) await chmod(staged, (await stat(like)).mode & 0o777);
  await flush(staged);
  if (replace) await rename(staged, file);
  else await renameToFree(staged, file);
  await flush(dirname(file));
}

/** Flushes a file's content, or a folder's names, to the disk. */
export async function flush(path: string): Promise<void> {
  // Windows cannot open folders and does not need to: its file systems journal names
  if (process.platform === 'win32' && (await stat(path)).isDirectory()) return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A rename overwrites and a hard link does not. On file systems without hard links a race remains. */
async function renameToFree(staged: string, file: string): Promise<void> {
  try {
    await link(staged, file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') throw new StartError(`${file} already exists.`);
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code ?? '')) throw error;
    await rename(staged, file);
  }
}
