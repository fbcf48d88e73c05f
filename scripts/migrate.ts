// npm run migration create NAME: writes one migration for each engine, from what prisma/models has become.
// npm run migration check: whether the migrations lead to prisma/models, on both engines.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../src/package-root.ts';
import { comparePostgres } from './migrate-postgres.ts';
import { sqlAfterMigrations, sqlBetween } from './schema-engine.ts';
import { ENGINES, type EngineName, schemaOf, writeSchemas } from './schemas.ts';

const folderOf = (engine: EngineName) => path.join(packageRoot, 'prisma', engine, 'migrations');

/** The data model that the migrations lead to. It allows PostgreSQL's next migration to be written without a server. */
const modelFile = (engine: EngineName) => path.join(folderOf(engine), 'model.prisma');
const migratedModel = (engine: EngineName) => readFile(modelFile(engine), 'utf8').catch(() => null);

async function create(name: string): Promise<void> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
    fail('Name the migration in lower-case words joined by hyphens.');
  const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const folderName = `${stamp}_${name.replaceAll('-', '_')}`;
  for (const engine of ENGINES) {
    const model = await schemaOf(engine);
    const sql = await sqlBetween(await migratedModel(engine), model);
    if (sql === null) {
      console.log(`${engine}: the models have not changed.`);
      continue;
    }
    const folder = path.join(folderOf(engine), folderName);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'migration.sql'), engine === 'postgres' ? collated(sql) : sql);
    await writeFile(path.join(folderOf(engine), 'migration_lock.toml'), lockFile(engine));
    await writeFile(modelFile(engine), model);
    console.log(
      `${engine}: ${path.relative(packageRoot, folder)}. Say at its top why, which locks, how to recover.`,
    );
  }
}

/** Text sorts by bytes, as on SQLite, whatever the database's language; Prisma does not model collations. */
function collated(sql: string): string {
  return sql.replaceAll(/^(\s+"\w+" TEXT|ALTER TABLE .* ADD COLUMN\s+"\w+" TEXT)\b/gm, '$1 COLLATE "C"');
}

function lockFile(engine: EngineName): string {
  const provider = engine === 'postgres' ? 'postgresql' : 'sqlite';
  return `# Prisma reads this; it must not be edited.\nprovider = "${provider}"\n`;
}

async function check(): Promise<void> {
  const stale = await writeSchemas(true);
  if (stale.length > 0) fail(`${stale.join(' and ')} are not what prisma/models says: run npm run generate.`);
  for (const engine of ENGINES) {
    const [migrated, model] = [await migratedModel(engine), await schemaOf(engine)];
    const missing = migrated === null ? 'everything' : await sqlBetween(migrated, model);
    if (missing !== null)
      fail(`${engine}: prisma/models has changed. Run npm run migration create NAME.\n${missing}`);
  }
  const rest = await sqlAfterMigrations(await sqliteMigrations(), await schemaOf('sqlite'));
  if (rest !== null) fail(`sqlite: the migrations do not lead to prisma/models. What is missing:\n${rest}`);
  const url = process.env['TEST_POSTGRES_URL'];
  if (url) {
    const wanted = await sqlBetween(null, await schemaOf('postgres'));
    const differences = await comparePostgres(url, folderOf('postgres'), wanted ?? '');
    if (differences.length > 0)
      fail(`postgres: the migrations do not lead to prisma/models:\n${differences.join('\n')}`);
    console.log('migrations: sqlite and postgres lead to prisma/models.');
  } else if (process.env['CI']) {
    fail('postgres: skipped, because TEST_POSTGRES_URL is not set; in CI that is a failure.');
  } else {
    console.log('migrations: sqlite leads to prisma/models; postgres skipped: TEST_POSTGRES_URL is not set.');
  }
}

async function sqliteMigrations() {
  const baseDir = folderOf('sqlite');
  const names = (await readdir(baseDir, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const migrationDirectories = await Promise.all(
    names
      .map((entry) => entry.name)
      .sort()
      .map(async (name) => {
        const value = await readFile(path.join(baseDir, name, 'migration.sql'), 'utf8');
        return {
          path: name,
          migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } },
        };
      }),
  );
  const lockfile = { path: 'migration_lock.toml', content: lockFile('sqlite') };
  return { baseDir, shadowDbInitScript: '', lockfile, migrationDirectories };
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

const [verb, name = ''] = process.argv.slice(2);
if (verb === 'create') await create(name);
else if (verb === 'check') await check();
else fail('Usage: npm run migration -- create NAME, or npm run migration -- check');
