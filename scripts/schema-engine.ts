// Prisma's schema engine as WebAssembly: compares data models and migrations without a download or a server.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import * as runtime from '@prisma/schema-engine-wasm/schema_engine_bg';

/** The part of Node's WebAssembly that is used here; its types belong to browsers' library. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, unknown>,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

const glue = runtime as unknown as {
  __wbg_set_wasm(exports: unknown): void;
  SchemaEngine: { new: typeof SchemaEngine.new };
};
/**
 * Tables that Prisma cannot describe: full-text indexes, and search_entry, whose key is SQLite's rowid. FTS5 keeps each
 * index in tables of its own.
 */
const externalTables = [
  'search_entry',
  ...['search_discussion_text', 'search_comment_text'].flatMap((table) =>
    ['', '_data', '_idx', '_docsize', '_config', '_content'].map((part) => `${table}${part}`),
  ),
];
const NO_FILTERS = { externalTables: [], externalEnums: [] };

let loaded: Promise<typeof glue.SchemaEngine> | undefined;

/** The package's `import` of .wasm needs a bundler: the bytes are loaded by hand, once a process. */
async function load(): Promise<typeof glue.SchemaEngine> {
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(path.join(path.dirname(script), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': runtime });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue.SchemaEngine;
}

/**
 * better-sqlite3 takes one statement at a time; the engine sends whole files. Without parameters they are scripts. The
 * engine also asks for a partial index by its name in double quotes, which better-sqlite3 takes for a column's.
 */
function scripted(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const executeRaw = adapter.executeRaw.bind(adapter);
  adapter.executeRaw = async (query) => {
    if (query.args.length > 0) return executeRaw(query);
    await adapter.executeScript(query.sql);
    return 0;
  };
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = (query) =>
    queryRaw({ ...query, sql: query.sql.replace(/(WHERE type = 'index' AND name = )"(\w+)"/, "$1'$2'") });
  return adapter;
}

/**
 * Runs the engine over a database in memory, which it needs only as a place to write to. Model against model it also
 * writes PostgreSQL's SQL there.
 */
async function withEngine<T>(use: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  loaded ??= load();
  const Engine = await loaded;
  const opened: SqlDriverAdapter[] = [];
  const factory = new PrismaBetterSqlite3({ url: ':memory:' });
  const keep = (adapter: SqlDriverAdapter) => {
    opened.push(adapter);
    return adapter;
  };
  const bound = bindMigrationAwareSqlAdapterFactory({
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => keep(await factory.connect()),
    connectToShadowDb: async () => keep(scripted(await factory.connectToShadowDb())),
  });
  const engine = await Engine.new({ datamodels: undefined }, () => {}, bound);
  try {
    return await use(engine);
  } finally {
    engine.free();
    await Promise.allSettled(opened.map((adapter) => adapter.dispose()));
  }
}

/** The SQL that turns a database of one data model into one of another; null where they are the same. */
export async function sqlBetween(from: string | null, to: string): Promise<string | null> {
  const model = (content: string) => ({
    tag: 'schemaDatamodel' as const,
    files: [{ path: 'schema.prisma', content }],
  });
  const { exitCode, stdout } = await withEngine((engine) =>
    engine.diff({
      from: from === null ? { tag: 'empty' } : model(from),
      to: model(to),
      script: true,
      exitCode: true,
      filters: NO_FILTERS,
    }),
  );
  return exitCode === 0 ? null : (stdout ?? '');
}

/** What running SQLite's migrations leaves to be done to reach a data model; null where that is nothing. */
export async function sqlAfterMigrations(list: MigrationList, to: string): Promise<string | null> {
  const { exitCode, stdout } = await withEngine((engine) =>
    engine.diff({
      from: { tag: 'migrations', ...list },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: to }] },
      script: true,
      exitCode: true,
      filters: { externalTables, externalEnums: [] },
    }),
  );
  return exitCode === 0 ? null : (stdout ?? '');
}
