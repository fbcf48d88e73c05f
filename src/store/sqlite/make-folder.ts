import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder and those above it; throws EEXIST where a file stands in its place. Node's own `recursive` never
 * returns where a file system refuses folders by ENOENT, as /proc does.
 */
export function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  if (path.dirname(folder) !== folder) makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // another instance may have been first
    if (!isFolder(folder)) throw error;
  }
}

/** Whether there is a folder at this path. */
export function isFolder(folder: string): boolean {
  try {
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}
