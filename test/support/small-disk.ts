import { spawnSync } from 'node:child_process';
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './database.ts';

/** A disk of 64 MB. */
export interface SmallDisk {
  readonly path: string;
  /** Takes all the space that is left. */
  fill(): void;
  /** Mounts it again so that nothing can be written. */
  setReadOnly(): void;
  /** Gives it back. */
  free(): void;
  remove(): void;
}

/** Four times what SQLite's log grows to before a checkpoint. */
const SIZE = '64m';

/** Mounts as this user or, as on CI's machines, through sudo. */
const mount = (...args: string[]) =>
  [
    [`${args[0]}`, ...args.slice(1)],
    ['sudo', '-n', ...args],
  ].some(([program = '', ...rest]) => spawnSync(program, rest, { stdio: 'ignore' }).status === 0);

/** A tmpfs. Null if this user may not mount one. */
export function openSmallDisk(): SmallDisk | null {
  const folder = temporaryFolder();
  if (!mount('mount', '-t', 'tmpfs', '-o', `size=${SIZE},mode=0777`, 'parley', folder.path)) {
    folder.remove();
    if (process.env['CI']) throw new Error('A tmpfs must be mountable: in CI a skipped suite is a failure.');
    return null;
  }
  const ballast = path.join(folder.path, 'ballast');
  return {
    path: folder.path,
    fill: () => {
      const file = openSync(ballast, 'a');
      try {
        for (const bytes of [65_536, 4_096]) {
          try {
            for (;;) writeSync(file, Buffer.alloc(bytes));
          } catch {
            // no block of this size is left
          }
        }
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    },
    setReadOnly: () => {
      mount('mount', '-o', 'remount,ro', folder.path);
    },
    free: () => rmSync(ballast, { force: true }),
    remove: () => {
      mount('umount', '-l', folder.path);
      folder.remove();
    },
  };
}
