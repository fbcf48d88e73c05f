import { promisify } from 'node:util';
import sqlite3 from 'sqlite3';

/** How long a statement waits for another process's lock before it fails with SQLITE_BUSY. */
const BUSY_TIMEOUT_MS = 2_000;

/** A failure of SQLite. `code` is its name, such as SQLITE_BUSY or SQLITE_NOTADB. */
interface SqliteFailure extends Error {
  readonly code: string;
}

/**
 * An open SQLite file. Its statements run on libuv's threads and do not block the event loop.
 *
 * The server uses another build of SQLite. A process must never open one file through both: POSIX drops all locks of a
 * process on a file when it closes any handle to it.
 */
export interface SqliteFile {
  /** Runs statements without a result. */
  exec(sql: string): Promise<void>;
  all<Row>(sql: string): Promise<Row[]>;
  /** Copies every page of this file to `file`, which must be empty or absent. See `CopyOptions`. */
  copyTo(file: string, options?: CopyOptions): Promise<void>;
  /**
   * Replaces every page of this file by those of `file`, in one transaction of this file. If it fails or the process
   * dies, SQLite's rollback journal restores the old content.
   */
  replaceBy(file: string, options?: CopyOptions): Promise<void>;
}

export interface CopyOptions {
  /** The number of pages that one step copies. The copy can be stopped between steps. */
  readonly pagesPerStep?: number | undefined;
  /** Called and awaited after each step but the last. If it throws, the copy ends. */
  readonly onStep?: ((pagesLeft: number, pages: number) => void | Promise<void>) | undefined;
}

interface OpenOptions {
  /** Default: false. A missing file is never created. */
  readonly write?: boolean;
  /** If it is aborted, the running statement is interrupted and further ones reject, with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Opens an existing file and closes it when `use` has settled. Rejects with a SqliteFailure. */
export async function withSqlite<T>(
  file: string,
  { write = false, signal }: OpenOptions,
  use: (opened: SqliteFile) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const db = await open(file, write ? sqlite3.OPEN_READWRITE : sqlite3.OPEN_READONLY);
  db.configure('busyTimeout', BUSY_TIMEOUT_MS);
  const interrupt = () => db.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    return await use(opened(db, signal));
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    await settled((done) => db.close(done));
  }
}

/** Whether this is a failure of SQLite with one of these codes. Without codes: with any. */
export function isSqliteFailure(error: unknown, ...codes: readonly string[]): error is SqliteFailure {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  return error.code.startsWith('SQLITE_') && (codes.length === 0 || codes.includes(error.code));
}

function opened(db: sqlite3.Database, signal: AbortSignal | undefined): SqliteFile {
  const run = async <T>(work: () => Promise<T>): Promise<T> => {
    signal?.throwIfAborted();
    return work();
  };
  return {
    exec: (sql) => run(() => settled((done) => db.exec(sql, done))),
    all: <Row>(sql: string) => run(() => promisify<string, Row[]>(db.all.bind(db))(sql)),
    copyTo: (file, options) => run(() => copy(db, file, true, { ...options, signal })),
    replaceBy: (file, options) => run(() => copy(db, file, false, { ...options, signal })),
  };
}

/** The result of node-sqlite3's `Database.backup`, which is missing from its type declarations. */
interface PageCopy {
  readonly completed: boolean;
  readonly remaining: number;
  readonly pageCount: number;
  retryErrors: number[];
  step(pages: number, done: (error: Error | null) => void): void;
  finish(done: () => void): void;
}

interface BackupMethod {
  backup(
    file: string,
    destination: string,
    source: string,
    toFile: boolean,
    done: (error: Error | null) => void,
  ): PageCopy;
}

async function copy(
  db: sqlite3.Database,
  file: string,
  toFile: boolean,
  { pagesPerStep = 2_000, onStep, signal }: CopyOptions & { signal: AbortSignal | undefined },
): Promise<void> {
  let pages: PageCopy | undefined;
  await settled((done) => {
    pages = (db as unknown as BackupMethod).backup(file, 'main', 'main', toFile, done);
  });
  const copied = pages as PageCopy | undefined;
  if (!copied) throw new Error('SQLite started no copy.');
  copied.retryErrors = [];
  try {
    while (!copied.completed) {
      await settled((done) => copied.step(pagesPerStep, done));
      // undocumented: this is how the library reports that it could not lock the destination
      if (copied.pageCount < 0) throw new Error(`SQLite cannot copy between this file and ${file}.`);
      if (!copied.completed) {
        await onStep?.(copied.remaining, copied.pageCount);
        signal?.throwIfAborted();
      }
    }
  } finally {
    await settled((done) => copied.finish(() => done(null)));
  }
}

function open(file: string, mode: number): Promise<sqlite3.Database> {
  return new Promise((resolve, reject) => {
    const db = new sqlite3.Database(file, mode, (error) => (error ? reject(error) : resolve(db)));
  });
}

function settled(work: (done: (error: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    work((error) => (error ? reject(error) : resolve()));
  });
}
