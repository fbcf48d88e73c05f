import { copyFileSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Database, type Engine, migrate, openDatabase } from '../../src/store/index.ts';
import { postgresUrl } from './postgres.ts';
import { createMigratedDatabase } from './postgres-template.ts';

/** The engines to run a suite on, for `describe.each`: PostgreSQL too where a server is reachable. */
export const engines: readonly Engine[] = postgresUrl() === null ? ['sqlite'] : ['sqlite', 'postgres'];

export interface TestDatabase {
  readonly db: Database;
  readonly url: string;
  /** Closes it. Nothing of it is left after the run. */
  close(): Promise<void>;
}

/** Writes what a new database has in it. Called once a process and engine: its outcome is copied. */
export type Fill = (db: Database) => Promise<unknown>;

/** A database of its own: migrated, and empty if there is no `fill`. */
export async function openTestDatabase(engine: Engine, fill?: Fill): Promise<TestDatabase> {
  return engine === 'sqlite' ? openSqlite(fill) : openPostgres(fill);
}

/** In memory if there is room: commits are acknowledged at once, and no test cuts the power. */
const TEMPORARY = roomOf('/dev/shm') > 2 ** 30 ? '/dev/shm' : tmpdir();

function roomOf(folder: string): number {
  if (!existsSync(folder)) return 0;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** A new folder for a test's files. */
export function temporaryFolder(): { path: string; file(name: string): string; remove(): void } {
  const folder = mkdtempSync(path.join(TEMPORARY, 'parley-test-'));
  return {
    path: folder,
    file: (name) => path.join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What was made once for all tests of this process: a file, or a database's URL. */
const made = {
  sqlite: new Map<Fill | undefined, Promise<string>>(),
  postgres: new Map<Fill | undefined, Promise<string>>(),
};

function once(engine: Engine, fill: Fill | undefined, make: () => Promise<string>): Promise<string> {
  const found = made[engine].get(fill) ?? make();
  made[engine].set(fill, found);
  return found;
}

/** The file that a database is a copy of: copying it takes a tenth of the time that migrating does. */
const fileOf = (fill?: Fill): Promise<string> =>
  once('sqlite', fill, async () => {
    const folder = temporaryFolder();
    process.once('exit', folder.remove);
    const file = folder.file('template.db');
    if (fill) copyFileSync(await fileOf(), file);
    else await migrate(`file:${file}`);
    if (fill) await filled(await openDatabase(`file:${file}`), fill);
    return file;
  });

async function filled(db: Database, fill: Fill): Promise<void> {
  await fill(db);
  await db.close();
}

async function openSqlite(fill?: Fill): Promise<TestDatabase> {
  const folder = temporaryFolder();
  const file = folder.file('forum.db');
  copyFileSync(await fileOf(fill), file);
  const url = `file:${file}`;
  const db = await openDatabase(url, { requestMsMax: 15_000 });
  return {
    db,
    url,
    close: async () => {
      await db.close();
      folder.remove();
    },
  };
}

async function openPostgres(fill?: Fill): Promise<TestDatabase> {
  const template =
    fill &&
    once('postgres', fill, async () => {
      const { db, url } = await openPostgres();
      await filled(db, fill);
      return url;
    });
  const url = await createMigratedDatabase(await template);
  const db = await openDatabase(url);
  return { db, url, close: () => db.close() };
}
