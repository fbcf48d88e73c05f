import { defineConfig } from 'prisma/config';

const engine = process.env['PARLEY_ENGINE'] === 'postgres' ? 'postgres' : 'sqlite';

// These never run the schema engine, but the CLI would download it first: any file that exists will do.
if (process.argv.some((word) => ['generate', 'validate', 'format'].includes(word))) {
  process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath;
}

export default defineConfig({
  schema: `prisma/${engine}/schema.prisma`,
  migrations: { path: `prisma/${engine}/migrations` },
  datasource: { url: process.env['DATABASE_URL'] ?? 'file:./data/forum.db' },
});
