import { StartError } from '../start-error.ts';
import { type MigrationRow, migrationsFolder, pendingMigrations, readMigrations } from '../store/index.ts';
import type { SqliteFile } from './sqlite.ts';
import { answer, notParley } from './whole.ts';

/**
 * Throws a StartError unless the database was made by migrations that this program has and, where they are not all of
 * them, can go on from: the next start does. `name` is what the sentences call the file.
 */
export async function checkHistory(db: SqliteFile, name: string): Promise<void> {
  const rows = await answer<MigrationRow>(
    db,
    'SELECT migration_name, checksum, finished_at, rolled_back_at FROM _prisma_migrations',
    name,
  );
  if (rows.length === 0) throw notParley(name);
  try {
    pendingMigrations(rows, readMigrations(migrationsFolder('sqlite')));
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    const { message } = error;
    throw new StartError(`${name} cannot be restored: ${message.charAt(0).toLowerCase()}${message.slice(1)}`);
  }
}
