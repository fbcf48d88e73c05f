// What the benchmark's own process takes from the project. The floor and the peers take from forum-sources.ts alone, or
// they would start with half the server inside.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../src/package-root.ts';

export { reindex } from '../src/forum/search/index.ts';
export { issueKeyForNewAuthor } from '../src/identity/index.ts';
export { move } from '../src/operations/index.ts';
export { newId } from '../src/store/ids.ts';
export { migrate, openDatabase } from '../src/store/index.ts';
export { packageRoot };

/** A file of the project, or the files of TypeScript, SQL and text below a folder of it, in order. */
export function sourcesBelow(name: string): string[] {
  if (/\.(ts|sql|txt)$/.test(name)) return [name];
  const names = readdirSync(path.join(packageRoot, name), { recursive: true, encoding: 'utf8' });
  return names
    .filter((file) => /\.(ts|sql|txt)$/.test(file))
    .sort()
    .map((file) => path.join(name, file));
}
