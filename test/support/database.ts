import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
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

/** A database of its own, migrated and empty. */
export async function openTestDatabase(engine: Engine): Promise<TestDatabase> {
  return engine === 'sqlite' ? openSqlite() : openPostgres();
}

/** A new folder for a test's files. */
export function temporaryFolder(): { path: string; file(name: string): string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-test-'));
  return {
    path: folder,
    file: (name) => path.join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A migrated file, made once a process: copying it takes a tenth of the time that migrating does. */
let template: Promise<string> | undefined;

async function makeTemplate(): Promise<string> {
  const folder = temporaryFolder();
  process.once('exit', folder.remove);
  const file = folder.file('template.db');
  await migrate(`file:${file}`);
  return file;
}

async function openSqlite(): Promise<TestDatabase> {
  template ??= makeTemplate();
  const folder = temporaryFolder();
  const file = folder.file('forum.db');
  copyFileSync(await template, file);
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

async function openPostgres(): Promise<TestDatabase> {
  const url = await createMigratedDatabase();
  const db = await openDatabase(url);
  return { db, url, close: db.close };
}
