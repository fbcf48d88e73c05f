import { chmod, link, mkdtemp, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StartError } from '../start-error.ts';
import { writeFailure } from './failures.ts';

/**
 * Gives `use` the path of a file that does not exist yet, in a new folder beside `file` (so that a rename into place
 * moves no bytes) which only this user may enter. The folder goes when `use` has settled, with all that SQLite put
 * there. A killed process leaves the folder, called `<file>.partial-…`, and nothing else; it may be deleted.
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
 * Gives a staged file its name, whole or not at all, whatever stops the machine. Without `replace` a file of that name
 * is never overwritten, not even one that came a moment ago. `like` names the file whose permissions it takes.
 */
export async function place(staged: string, file: string, replace: boolean, like?: string): Promise<void> {
  if (like !== undefined) await chmod(staged, (await stat(like)).mode & 0o777);
  await flush(staged);
  if (replace) await rename(staged, file);
  else await renameToFree(staged, file);
  await flush(dirname(file));
}

/** Waits until a file's content, or the names in a folder, are on the disk. */
export async function flush(path: string): Promise<void> {
  // Windows neither opens folders nor needs it: its file systems write names through their journal
  if (process.platform === 'win32' && (await stat(path)).isDirectory()) return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A rename overwrites, a hard link does not; some file systems have no hard links, and only there a race remains. */
async function renameToFree(staged: string, file: string): Promise<void> {
  try {
    await link(staged, file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') throw new StartError(`${file} exists already.`);
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code ?? '')) throw error;
    await rename(staged, file);
  }
}
