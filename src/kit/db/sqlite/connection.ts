import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import type BetterSqlite3 from 'better-sqlite3';

/** How long a statement waits for another process's write lock before it fails. One process a file is the rule. */
export const BUSY_TIMEOUT_MS = 10_000;
/** Prisma's statements are few and long; each distinct one is compiled once. */
const STATEMENTS_KEPT_MAX = 500;

export interface WriterConnection {
  /** Prisma's own adapter on the connection: it converts values and errors. */
  readonly adapter: SqlDriverAdapter;
  readonly database: BetterSqlite3.Database;
}

/**
 * Opens the one connection that writes. WAL lets readers go on meanwhile; FULL makes a commit wait for the disk, so
 * that nothing acknowledged is lost when the power is (better-sqlite3 compiles NORMAL as WAL's default).
 */
export async function openWriter(file: string): Promise<WriterConnection> {
  const factory = new PrismaBetterSqlite3(
    { url: file, timeout: BUSY_TIMEOUT_MS },
    { timestampFormat: 'unixepoch-ms' },
  );
  const adapter = await factory.connect();
  const holder = adapter as unknown as { client?: BetterSqlite3.Database };
  const database = holder.client;
  if (!database)
    throw new Error('@prisma/adapter-better-sqlite3 no longer keeps its connection in `client`.');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  holder.client = withKeptStatements(database);
  return { adapter, database };
}

/**
 * The adapter compiles each statement anew, at about the price of running it. Compiled ones are kept here; `bind`
 * fixes parameters for good, so they are passed at each run instead.
 */
function withKeptStatements(database: BetterSqlite3.Database): BetterSqlite3.Database {
  const kept = new Map<string, BetterSqlite3.Statement>();
  const compiled = (sql: string): BetterSqlite3.Statement => {
    const known = kept.get(sql);
    const made = known ?? database.prepare(sql);
    kept.delete(sql);
    kept.set(sql, made);
    if (kept.size > STATEMENTS_KEPT_MAX) kept.delete(kept.keys().next().value as string);
    return made;
  };
  const prepare = (sql: string) => {
    const made = compiled(sql);
    return {
      bind: (args: unknown[]) => ({
        reader: made.reader,
        columns: () => made.columns(),
        run: () => made.run(...args),
        raw: () => ({ all: () => made.raw().all(...args) }),
      }),
    };
  };
  return new Proxy(database, {
    get: (target, key) => {
      if (key === 'prepare') return prepare;
      const member: unknown = Reflect.get(target, key, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
