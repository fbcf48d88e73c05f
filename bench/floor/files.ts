import SqliteDatabase, { type Database } from 'better-sqlite3';
import { LOG_PAGES } from '../../src/store/sqlite/connection.ts';

/** More than the large data. SQLite itself takes at most 2 GB of it. */
const MAPPED_BYTES_MAX = 2 ** 36;

/** The two connections of a hand-written server. */
export interface ForumFiles {
  readonly reader: Database;
  readonly writer: Database;
  close(): void;
}

/** Opens a generated file for reading; `onStatement` hears of each statement. */
export function openReader(file: string, onStatement?: (sql: string) => void): Database {
  const db = new SqliteDatabase(file, { readonly: true, ...verbose(onStatement) });
  // maps the whole file: no copy of a page between the system's cache and SQLite's
  db.pragma(`mmap_size = ${MAPPED_BYTES_MAX}`);
  return db;
}

/** Opens it for reading and, on a connection of its own, for writes that are on the disk when they are acknowledged. */
export function openFiles(file: string, onStatement?: (sql: string) => void): ForumFiles {
  const writer = new SqliteDatabase(file, verbose(onStatement));
  writer.pragma('journal_mode = WAL');
  writer.pragma('synchronous = FULL');
  writer.pragma('foreign_keys = ON');
  writer.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
  writer.pragma('temp_store = MEMORY');
  const reader = openReader(file, onStatement);
  return {
    reader,
    writer,
    close: () => {
      reader.close();
      writer.close();
    },
  };
}

function verbose(onStatement: ((sql: string) => void) | undefined) {
  return onStatement ? { verbose: (sql?: unknown) => onStatement(String(sql)) } : {};
}
