import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes migrations, by name, as Prisma lays them out. */
export function writeMigrations(folder: string, migrations: Readonly<Record<string, string>>): void {
  for (const [name, sql] of Object.entries(migrations)) {
    mkdirSync(path.join(folder, name), { recursive: true });
    writeFileSync(path.join(folder, name, 'migration.sql'), sql);
  }
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
