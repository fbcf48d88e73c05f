// The migrations folder, the migrations that a database has, and those that are pending. The table and the checksums
// are those of `prisma migrate deploy`, so either can continue the other's history.
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../package-root.ts';
import { StartError } from '../start-error.ts';
import type { Engine, Reader } from './database.ts';
import { statement } from './statement.ts';
import { unavailabilityOf } from './unavailable.ts';

export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file's bytes, in hexadecimal. */
  readonly checksum: string;
}

/** A row of `_prisma_migrations`. */
export interface MigrationRow {
  readonly migration_name: string;
  readonly checksum: string;
  /** Null if it did not finish. */
  readonly finished_at: unknown;
  /** Not null if an operator has marked the failed attempt as rolled back. */
  readonly rolled_back_at: unknown;
}

export const migrationsFolder = (engine: Engine): string =>
  path.join(packageRoot, 'prisma', engine, 'migrations');

/** The migrations in a folder, in the order of application. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const bytes = readFileSync(path.join(folder, name, 'migration.sql'));
      const checksum = createHash('sha256').update(bytes).digest('hex');
      return { name, sql: bytes.toString('utf8'), checksum };
    });
}

/**
 * The pending migrations of a database, in order. Throws StartError if the history does not match: a migration failed
 * halfway, a file was changed after it was applied, or the database has migrations that this version does not know.
 */
export function pendingMigrations(
  rows: readonly MigrationRow[],
  migrations: readonly Migration[],
): Migration[] {
  const failed = rows.find((row) => row.finished_at === null && row.rolled_back_at === null);
  if (failed) {
    throw new StartError(
      `The migration ${failed.migration_name} failed halfway in this database: restore a backup, or repair it and mark it with prisma migrate resolve.`,
    );
  }
  const applied = new Map(
    rows.filter((row) => row.rolled_back_at === null).map((row) => [row.migration_name, row.checksum]),
  );
  const known = new Set(migrations.map((migration) => migration.name));
  const newer = [...applied.keys()].filter((name) => !known.has(name)).sort();
  if (newer.length > 0) {
    throw new StartError(
      `The database is newer than this version of Parley, which does not know the migration ${newer.join(', ')}: start the newer version.`,
    );
  }
  const edited = migrations.find(({ name, checksum }) => (applied.get(name) ?? checksum) !== checksum);
  if (edited) {
    throw new StartError(
      `The migration ${edited.name} was changed after it had been applied: restore its file, and write a new migration instead.`,
    );
  }
  return migrations.filter((migration) => !applied.has(migration.name));
}

/** The history row for a migration that is applied at `now`. */
export function historyRow({ name, checksum }: Migration, now: Date): Record<string, string | number> {
  const at = now.toISOString().replace('Z', '+00:00'); // as Prisma writes it
  return {
    id: randomUUID(),
    checksum,
    finished_at: at,
    migration_name: name,
    started_at: at,
    applied_steps_count: 1,
  };
}

/** The error for a migration whose SQL fails. */
export function migrationFailed({ name }: Migration, reason: unknown): StartError {
  const message = reason instanceof Error ? reason.message : String(reason);
  return new StartError(`The migration ${name} failed and was rolled back: ${message}.`, {
    cause: reason,
  });
}

/** The error for a database that belongs to another program. */
export function foreignDatabase(where: string): StartError {
  return new StartError(
    `${where} contains tables of another program: correct DATABASE_URL, so that it names an empty database or a forum's.`,
  );
}

const APPLIED = statement<{ name: string }>(
  'applied_migrations',
  'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
);

/** Whether every migration of this version has been applied. Rejects if the database cannot be read. */
export async function isMigrated(engine: Engine, read: Reader): Promise<boolean> {
  try {
    const applied = new Set((await read.all(APPLIED, [])).map((row) => row.name));
    return readMigrations(migrationsFolder(engine)).every(({ name }) => applied.has(name));
  } catch (error) {
    if (unavailabilityOf(error) !== null) throw error;
    return false; // there is no such table
  }
}
