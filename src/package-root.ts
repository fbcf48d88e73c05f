import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder that holds package.json, without a slash at its end: the place from which `prisma/`, `seed/`,
 * `schema.graphql` and `dist/` are found. The same whether this file runs as src/package-root.ts or compiled as
 * dist/main.js, and whatever the working directory is.
 */
export const packageRoot: string = rootAbove(dirname(fileURLToPath(import.meta.url)));

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('No package.json stands above the running program.');
  return rootAbove(parent);
}

/** The program's version, as package.json has it. */
export const version: string = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')).version;
