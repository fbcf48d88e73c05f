import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../src/package-root.ts';

/** The files that the front end is built from, but for the schema and the packages. */
export async function webSources(): Promise<string[]> {
  const entries = await readdir(path.join(packageRoot, 'web'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(packageRoot, path.join(entry.parentPath, entry.name)))
    .filter((name) => !/[\\/](?:node_modules|dist|generated)[\\/]/.test(name) && !name.endsWith('.md'))
    .sort();
}
