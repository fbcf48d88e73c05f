import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { migrate, openDatabase, packageRoot, reindex, sourcesBelow } from '../server-sources.ts';
import { insertAll, type Size, type SizeName, sizes } from './rows.ts';

/** What decides the rows beside the size: change any of these and the forum is generated anew. */
const INPUTS = [
  ...['bench/generate', 'prisma/sqlite/migrations', 'src/forum/search'],
  ...['src/text/markdown.ts', 'src/forum/ranking.ts', 'src/forum/author/name-keys.ts'],
];
const SEED = 1;

/** The file of a generated forum, made now where it is not there yet or its inputs have changed. */
export async function generatedFile(name: SizeName): Promise<string> {
  const folder = path.join(packageRoot, 'data', 'bench');
  const hash = createHash('sha256');
  for (const input of INPUTS.flatMap(sourcesBelow)) hash.update(readFileSync(path.join(packageRoot, input)));
  const key = hash.digest('hex').slice(0, 12);
  const file = path.join(folder, name, `${key}.db`);
  if (existsSync(file)) return file;
  console.error(`Generating the ${name} forum, once.`);
  rmSync(path.dirname(file), { recursive: true, force: true });
  mkdirSync(path.dirname(file), { recursive: true });
  const unfinished = `${file}-unfinished`;
  await generate(unfinished, sizes[name], SEED);
  renameSync(unfinished, file);
  return file;
}

/**
 * Makes a SQLite file with a forum of this size, whose texts are indexed for search. The same size and seed give the same
 * rows. A run that is cut off leaves a file of no use.
 */
export async function generate(file: string, size: Size, seed: number): Promise<void> {
  await migrate(`file:${file}`);
  fill(file, size, seed);
  const db = await openDatabase(`file:${file}`);
  await reindex(db);
  await db.close();
}

function fill(file: string, size: Size, seed: number): void {
  const db = new SqliteDatabase(file);
  try {
    // nothing can be lost that another run would not make again
    for (const setting of ['journal_mode = OFF', 'synchronous = OFF', 'foreign_keys = OFF'])
      db.pragma(setting);
    db.pragma('cache_size = -500000');
    // filling an index row by row takes several times as long as making it at the end
    const indexes = db
      .prepare<[], { readonly name: string; readonly sql: string }>(
        `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name`,
      )
      .all();
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

/** How many rows a table of a forum has. */
export function countRows(file: string, table: string): number {
  const db = new SqliteDatabase(file, { readonly: true });
  const count = db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
  db.close();
  return count;
}
