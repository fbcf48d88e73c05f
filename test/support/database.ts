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

/** What a new database has in it. `fill` is called once a process: its outcome is copied. */
export interface Content {
  readonly name: string;
  fill(db: Database): Promise<unknown>;
}

/** A database of its own: migrated, and empty if there is no `content`. */
export async function openTestDatabase(engine: Engine, content?: Content): Promise<TestDatabase> {
  return engine === 'sqlite' ? openSqlite(content) : openPostgres(content);
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

/** What was made once for all tests of this process. */
const made = new Map<string, Promise<string>>();

function once(name: string, make: () => Promise<string>): Promise<string> {
  const found = made.get(name) ?? make();
  made.set(name, found);
  return found;
}

async function fill({ db, url, close }: TestDatabase, content: Content): Promise<string> {
  await content.fill(db);
  await close();
  return url;
}

/** A migrated file: copying it takes a tenth of the time that migrating does. */
async function migratedFile(): Promise<string> {
  const folder = temporaryFolder();
  process.once('exit', folder.remove);
  const file = folder.file('template.db');
  await migrate(`file:${file}`);
  return file;
}

/** A filled file. */
async function filledFile(content: Content): Promise<string> {
  const { file, folder, opened } = await openFile(await once('', migratedFile));
  process.once('exit', folder.remove);
  await fill(opened, content);
  return file;
}

async function openFile(template: string) {
  const folder = temporaryFolder();
  const file = folder.file('forum.db');
  copyFileSync(template, file);
  const url = `file:${file}`;
  const db = await openDatabase(url, { requestMsMax: 15_000 });
  return { file, folder, opened: { db, url, close: () => db.close() } };
}

async function openSqlite(content?: Content): Promise<TestDatabase> {
  const template = content
    ? once(`sqlite ${content.name}`, () => filledFile(content))
    : once('', migratedFile);
  const { folder, opened } = await openFile(await template);
  return {
    ...opened,
    close: async () => {
      await opened.close();
      folder.remove();
    },
  };
}

async function openPostgres(content?: Content): Promise<TestDatabase> {
  const template = content && once(content.name, async () => fill(await openPostgres(), content));
  const url = await createMigratedDatabase(await template);
  const db = await openDatabase(url);
  return { db, url, close: () => db.close() };
}
