import path from 'node:path';
import { StartError } from '../start-error.ts';
import type { Database, DatabaseOptions, Engine } from './database.ts';

/** Where a database is: a file, or a server. */
export type DatabaseAddress =
  | { readonly engine: 'sqlite'; readonly file: string }
  | { readonly engine: Extract<Engine, 'postgres'>; readonly url: string };

/** Reads a database URL. A relative file is one below the working folder. Throws StartError for anything else. */
export function addressOf(url: string): DatabaseAddress {
  if (/^postgres(ql)?:\/\//.test(url)) return { engine: 'postgres', url };
  const file = /^file:(?:\/\/(?=\/))?(.+)$/.exec(url)?.[1];
  if (!file || file === ':memory:') {
    throw new StartError(
      'DATABASE_URL must be a file, such as "file:./data/forum.db", or a "postgresql://" URL.',
    );
  }
  return { engine: 'sqlite', file: path.resolve(file) };
}

/**
 * Opens the database of a URL; it must have been migrated before. Only the engine that is needed is loaded. Throws
 * StartError with one sentence where it cannot be had.
 */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const address = addressOf(url);
  if (address.engine === 'sqlite') {
    const { openSqlite } = await import('./sqlite/open-sqlite.ts');
    return openSqlite(address.file, options);
  }
  const { openPostgres } = await import('./postgres/open-postgres.ts');
  return openPostgres(address.url, options);
}
