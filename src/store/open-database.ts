// Each engine is loaded when it is needed: most processes never open the other one.
import path from 'node:path';
import { StartError } from '../start-error.ts';
import type { Database, DatabaseOptions, Engine } from './database.ts';
import { migrationsFolder, readMigrations } from './migrations.ts';
import type { NotificationEvents, Notifications } from './postgres/notifications.ts';
import type { Receiver } from './postgres/receive-rows.ts';

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

/**
 * Brings the database of a URL up to this version, and answers the names of the migrations that it applied: none where
 * there was nothing to do. A database that does not exist yet is made (SQLite). Each migration and its mark are one
 * transaction, so that a crash leaves nothing half done; of several instances that start at once one applies and the
 * others wait. Throws StartError, with nothing written, where the database cannot be had or has another history.
 */
export async function migrate(url: string, folder?: string): Promise<string[]> {
  const address = addressOf(url);
  const migrations = readMigrations(folder ?? migrationsFolder(address.engine));
  if (address.engine === 'sqlite') {
    const { migrateSqlite } = await import('./sqlite/migrate-sqlite.ts');
    return migrateSqlite(address.file, migrations);
  }
  const { migratePostgres } = await import('./postgres/migrate-postgres.ts');
  return migratePostgres(address.url, migrations);
}

/** Takes a whole forum into an empty PostgreSQL database; see postgres/receive-rows.ts. */
export async function receiveRows<T>(url: string, work: (receiver: Receiver) => Promise<T>): Promise<T> {
  const postgres = await import('./postgres/receive-rows.ts');
  return postgres.receiveRows(url, work);
}

/** PostgreSQL's LISTEN and NOTIFY; see postgres/notifications.ts. */
export async function notificationsOf(url: string): Promise<(events: NotificationEvents) => Notifications> {
  const { openNotifications } = await import('./postgres/notifications.ts');
  return (events) => openNotifications(url, events);
}
