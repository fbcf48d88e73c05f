import BetterSqlite3 from 'better-sqlite3';
import type { TransactionConnection } from './group-commit.ts';

/** How long a read waits where SQLite needs a moment alone with the file: after a crash, or at a checkpoint. */
const READ_BUSY_MS_MAX = 5_000;
/** More than SQLite maps of a file at most, which is 2 GB. */
const MAPPED_BYTES_MAX = 2 ** 36;
/**
 * How many pages the log holds before they are brought into the file: 16 MB, four times SQLite's own figure. A write
 * touches pages all over the indexes, and one that is touched again before then is brought over once: this took a third
 * of the time of a vote's commit. What the index of a log finds in one step is just as much.
 */
export const LOG_PAGES = 4_000;
/** The writer asks again by itself (see GroupCommit), so that the process does not stand still meanwhile. */
const WRITE_BUSY_MS_MAX = 10;

/**
 * Opens the one connection that writes. WAL lets readers go on meanwhile; FULL makes a commit wait for the disk, so
 * that nothing acknowledged is lost when the power is (better-sqlite3 compiles NORMAL as WAL's default).
 */
export function openWriter(file: string): BetterSqlite3.Database {
  return opened(file, READ_BUSY_MS_MAX, (connection) => {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    connection.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
    connection.pragma(`busy_timeout = ${WRITE_BUSY_MS_MAX}`);
    // what a member's savepoint would bring back: beyond 64 KB SQLite writes it to a file otherwise, page by page
    connection.pragma('temp_store = MEMORY');
  });
}

/**
 * Opens a connection that cannot write: a statement sees what was committed before it began. It reads the file where
 * the system has it in memory, instead of copying each page out of there. The price: where the disk cannot give a page
 * of it, or the file is shortened under it, the system ends the process (SIGBUS), and no request hears of an error.
 */
export function openReader(file: string): BetterSqlite3.Database {
  return opened(file, READ_BUSY_MS_MAX, (connection) => {
    connection.pragma('query_only = ON');
    connection.pragma(`mmap_size = ${MAPPED_BYTES_MAX}`);
  });
}

function opened(
  file: string,
  timeout: number,
  prepare: (connection: BetterSqlite3.Database) => void,
): BetterSqlite3.Database {
  const connection = new BetterSqlite3(file, { timeout });
  try {
    prepare(connection);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Asks SQLite whether other connections, of this program or another, have committed since the last question. */
export function watch(connection: BetterSqlite3.Database): () => boolean {
  const version = connection.prepare<[], number>('PRAGMA data_version').pluck();
  let last = version.get();
  return () => {
    const now = version.get();
    const isChanged = now !== last;
    last = now;
    return isChanged;
  };
}

/**
 * The connection's transaction, as GroupCommit controls it. Its few commands are compiled once, because each member of
 * a group runs two.
 */
export function transactionConnection(connection: BetterSqlite3.Database): TransactionConnection {
  const compiled = new Map<string, BetterSqlite3.Statement>();
  return {
    exec: (sql) => {
      let command = compiled.get(sql);
      if (!command) {
        command = connection.prepare(sql);
        compiled.set(sql, command);
      }
      command.run();
    },
    get inTransaction() {
      return connection.inTransaction;
    },
  };
}
