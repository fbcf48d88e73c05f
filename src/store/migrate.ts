import { migrationsFolder, readMigrations } from './migrations.ts';
import { addressOf } from './open-database.ts';

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
