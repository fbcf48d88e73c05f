// Whether PostgreSQL's migrations lead to the data model: both are run in databases of their own, and compared.
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';

/** Everything that the data model makes, one line each. Collations and the migrations' own table are left out. */
const CATALOGUE = `
  SELECT format('column %s.%s %s%s default %s', table_name, column_name, udt_name,
    CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END, coalesce(column_default, '-')) AS line
    FROM information_schema.columns WHERE table_schema = 'public'
  UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL SELECT format('constraint %s on %s: %s', conname, conrelid::regclass, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT format('enum %s %s', typname, string_agg(enumlabel, ',' ORDER BY enumsortorder))
    FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid GROUP BY typname`;

/** Full-text indexes, which Prisma cannot describe. */
const TEXT_INDEX = /\bsearch_(?:discussion|comment)_text/;

/** The lines in which a database made by the migrations differs from one made by `wantedSql`: '-' missing, '+' extra. */
export async function comparePostgres(url: string, folder: string, wantedSql: string): Promise<string[]> {
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const files = names.map((entry) => path.join(folder, entry.name, 'migration.sql')).sort();
  const migrations = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const found = await catalogueAfter(url, migrations);
  const wanted = await catalogueAfter(url, [wantedSql]);
  return [
    ...[...wanted].filter((line) => !found.has(line)).map((line) => `- ${line}`),
    ...[...found].filter((line) => !wanted.has(line)).map((line) => `+ ${line}`),
  ];
}

async function catalogueAfter(url: string, scripts: readonly string[]): Promise<Set<string>> {
  const name = `parley_drift_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client(url);
  await admin.connect();
  try {
    await admin.query(`CREATE DATABASE ${name}`);
    const own = new URL(url);
    own.pathname = `/${name}`;
    const client = new pg.Client(own.href);
    await client.connect();
    try {
      for (const script of scripts) await client.query(script);
      const { rows } = await client.query<{ line: string }>(CATALOGUE);
      return new Set(rows.map((row) => row.line).filter((line) => !TEXT_INDEX.test(line)));
    } finally {
      await client.end();
    }
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${name}`);
    await admin.end();
  }
}
