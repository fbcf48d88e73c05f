import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { GENERATOR_SOURCES, migrate, packageRoot } from '../server-sources.ts';
import { insertAll } from './rows.ts';
import type { Size } from './sizes.ts';

/** What decides the rows beside size and seed: change any of these and the forum is generated anew. */
const INPUTS = ['bench/generate', 'prisma/sqlite/migrations', ...GENERATOR_SOURCES];

/** The file of a generated forum, made now where it is not there yet or its inputs have changed. */
export async function generatedFile(size: Size, seed: number): Promise<string> {
  const folder = path.join(packageRoot, 'data', 'bench');
  const file = path.join(folder, `${size.name}-${keyOf(size, seed)}.db`);
  if (existsSync(file)) return file;
  console.error(`Generating the ${size.name} forum, once.`);
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
  const files = names.filter((name) => /\.(ts|sql)$/.test(name)).sort();
  return files.map((name) => path.posix.join(input, name.replaceAll('\\', '/')));
}

/**
 * Fills a SQLite file that has the schema and no rows with a forum of this size. The same size and seed give the same
 * rows. A run that is cut off leaves a file of no use.
 */
export function fill(file: string, size: Size, seed: number): void {
  const db = new SqliteDatabase(file);
  try {
    // nothing can be lost that another run would not make again
    for (const setting of ['journal_mode = OFF', 'synchronous = OFF', 'foreign_keys = OFF'])
      db.pragma(setting);
    db.pragma('cache_size = -500000');
    // filling an index row by row takes several times as long as making it at the end
    const indexes = db
      .prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name`)
      .all() as { readonly name: string; readonly sql: string }[];
    db.transaction(() => {
      for (const { name } of indexes) db.exec(`DROP INDEX "${name}"`);
      insertAll(db, size, seed);
      for (const { sql } of indexes) db.exec(sql);
    })();
    db.pragma('journal_mode = WAL');
  } finally {
    db.close();
  }
}
