// What the migrations folder holds, what a database says was applied, and what is left to do. The table and the
// checksums are those of `prisma migrate deploy`, so that either can go on where the other stopped.
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../package-root.ts';
import { StartError } from '../start-error.ts';
import type { Engine, Reader } from './database.ts';
import { statement } from './statement.ts';

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
  /** Null: it did not get to its end. */
  readonly finished_at: unknown;
  /** Not null: somebody has declared the failed attempt undone. */
  readonly rolled_back_at: unknown;
}

export const migrationsFolder = (engine: Engine): string =>
  path.join(packageRoot, 'prisma', engine, 'migrations');

/** All migrations of a folder, in the order in which they are applied. */
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
 * The migrations that a database has not had yet, in order. Throws StartError where its history is not one that they
 * continue: an attempt failed half-way, a file was changed after it was applied, or the database knows migrations that
 * this version does not.
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

/** The columns and values of the row that says that a migration was applied, at `now`. */
export function rowOf({ name, checksum }: Migration, now: Date): Record<string, string | number> {
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

/** What an operator reads when a migration's own SQL fails. */
export function migrationFailed({ name }: Migration, reason: unknown): StartError {
  const message = reason instanceof Error ? reason.message : String(reason);
  return new StartError(`The migration ${name} failed and was rolled back: ${message}.`, {
    cause: reason,
  });
}

/** What an operator reads when somebody else's database stands where ours should be made. */
export function foreignDatabase(where: string): StartError {
  return new StartError(
    `${where} contains tables of another program: correct DATABASE_URL, so that it names an empty database or a forum's.`,
  );
}

const APPLIED = statement<{ name: string }>(
  'applied_migrations',
  'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
);

/** Whether a database has had every migration of this version. Never throws: what cannot be asked is not applied. */
export async function isMigrated(engine: Engine, read: Reader): Promise<boolean> {
  try {
    const applied = new Set((await read.all(APPLIED, [])).map((row) => row.name));
    return readMigrations(migrationsFolder(engine)).every(({ name }) => applied.has(name));
  } catch {
    return false;
  }
}
