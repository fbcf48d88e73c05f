import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { migrate } from '../../src/store/index.ts';
import { newFolder } from './other-process.ts';

/** A folder with a database and a backup of it, both migrated and without a row. */
export interface DatabaseFolder {
  readonly folder: string;
  readonly database: string;
  readonly databaseUrl: string;
  readonly backup: string;
}

/** A way to a file argument, by which a case prepares its place. */
export type Prepare = (place: DatabaseFolder) => string | undefined | Promise<string>;

let made: Promise<Buffer> | undefined;

/** An empty forum's file. Nobody has it open, so either build of SQLite may open a copy. */
export function emptyForum(): Promise<Buffer> {
  made ??= make();
  return made;
}

async function make(): Promise<Buffer> {
  const file = join(newFolder(), 'forum.db');
  await migrate(`file:${file}`);
  return readFileSync(file);
}

export async function newDatabaseFolder(): Promise<DatabaseFolder> {
  const folder = newFolder();
  const database = join(folder, 'forum.db');
  const backup = join(folder, 'backup.db');
  const content = await emptyForum();
  return {
    folder,
    database: written(database, content),
    databaseUrl: `file:${database}`,
    backup: written(backup, content),
  };
}

/** Names and contents of everything below a folder: what "nothing is written" is about. */
export function contents(folder: string): [string, string][] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .map((entry): [string, string] => {
      const name = join(entry.parentPath, entry.name);
      return [name, entry.isFile() ? readFileSync(name, 'base64') : ''];
    })
    .sort();
}

/** Overwrites the tenth page, which lies within a table or an index. */
export async function damage(file: string): Promise<string> {
  const content = Buffer.from(await emptyForum());
  return written(file, content.fill(0xa5, 9 * 4096, 10 * 4096));
}

export function written(file: string, content: string | Buffer): string {
  writeFileSync(file, content);
  return file;
}

export function folderAt(path: string): string {
  mkdirSync(path);
  return path;
}

export function hardLink(to: string, path: string): string {
  linkSync(to, path);
  return path;
}

export function softLink(to: string, path: string): string {
  symlinkSync(to, path);
  return path;
}

export function moved(from: string, to: string): string {
  renameSync(from, to);
  return to;
}

/** A right that is missing means nothing to root, who becomes a user without rights for a moment. */
export async function withoutRights<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
