import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../src/package-root.ts';
import { migrate } from '../../src/store/index.ts';
import { fill } from './fill.ts';
import type { Size } from './sizes.ts';

/** What decides the rows beside size and seed: change any of these and the forum is generated anew. */
const INPUTS = [
  'bench/generate',
  'prisma/sqlite/migrations',
  'src/text/markdown.ts',
  'src/forum/ranking.ts',
  'src/text/slug.ts',
];

/** The file of a generated forum, made now where it is not there yet or its inputs have changed. */
export async function generatedFile(size: Size, seed: number): Promise<string> {
  const folder = path.join(packageRoot, 'data', 'bench');
  const file = path.join(folder, `${size.name}-${keyOf(size, seed)}.db`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const outdated = readdirSync(folder).filter((name) => name.startsWith(`${size.name}-`));
  for (const name of outdated) rmSync(path.join(folder, name));
  const unfinished = path.join(folder, `${size.name}-unfinished.db`);
  await migrate(`file:${unfinished}`);
  fill(unfinished, size, seed);
  renameSync(unfinished, file);
  return file;
}

function keyOf(size: Size, seed: number): string {
  const hash = createHash('sha256').update(JSON.stringify([size, seed]));
  for (const input of INPUTS.flatMap(filesOf))
    hash.update(input).update(readFileSync(path.join(packageRoot, input)));
  return hash.digest('hex').slice(0, 12);
}

function filesOf(input: string): string[] {
  if (input.endsWith('.ts')) return [input];
  const names = readdirSync(path.join(packageRoot, input), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => /\.(ts|sql)$/.test(name))
    .map((name) => path.posix.join(input, name.replaceAll('\\', '/')))
    .sort();
}
