// Each engine is loaded on demand, because most processes need only one.
import type { Database, DatabaseOptions, Snapshot } from './database.ts';
import { addressOf } from './database-url.ts';
import { migrationsFolder, readMigrations } from './migrations.ts';
import type { OpenTransport } from './postgres/notifications.ts';
import type { Receiver } from './postgres/receive-rows.ts';

/** Opens a migrated database. Throws StartError if it cannot be opened. */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const address = addressOf(url);
  if (address.engine === 'sqlite') {
    const { openSqlite } = await import('./sqlite/open-sqlite.ts');
    return openSqlite(address.file, options);
  }
  for (const replica of options.replicaUrls ?? []) addressOf(replica, 'DATABASE_REPLICA_URLS');
  const { openPostgres } = await import('./postgres/open-postgres.ts');
  return openPostgres(address.url, options);
}

/** Opens one state of a migrated database for reading. Throws StartError if it cannot be opened. */
export async function openSnapshot(url: string): Promise<Snapshot> {
  const address = addressOf(url);
  if (address.engine === 'sqlite') {
    const { openSqliteSnapshot } = await import('./sqlite/open-snapshot.ts');
    return openSqliteSnapshot(address.file);
  }
  const { openPostgresSnapshot } = await import('./postgres/open-snapshot.ts');
  return openPostgresSnapshot(address.url);
}

/**
 * Applies the pending migrations to a database and returns their names. Creates a missing SQLite file. Each migration
 * is one transaction with its history row, so a crash leaves nothing half applied. Of several instances that start at
 * once, one migrates and the others wait. Throws StartError, and writes nothing, if the database cannot be opened or
 * has another history.
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

/** Copies a whole forum into an empty PostgreSQL database. See postgres/receive-rows.ts. */
export async function receiveRows<T>(url: string, work: (receiver: Receiver) => Promise<T>): Promise<T> {
  const postgres = await import('./postgres/receive-rows.ts');
  return postgres.receiveRows(url, work);
}

/** PostgreSQL's LISTEN and NOTIFY; see postgres/notifications.ts. */
export async function notificationsOf(url: string): Promise<OpenTransport> {
  const { openNotifications } = await import('./postgres/notifications.ts');
  return (events) => openNotifications(url, events);
}
