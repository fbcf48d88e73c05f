import SqliteDatabase, { type Database } from 'better-sqlite3';
import { LOG_PAGES } from '../forum-sources.ts';

/** More than the large data. SQLite itself takes at most 2 GB of it. */
const MAPPED_BYTES_MAX = 2 ** 36;

/** The two connections of a hand-written server. Its writes are on the disk when they are acknowledged. */
export function openFiles(file: string) {
  const writer = new SqliteDatabase(file);
  const settings = ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'temp_store = MEMORY'];
  for (const setting of [...settings, `wal_autocheckpoint = ${LOG_PAGES}`]) writer.pragma(setting);
  const reader = new SqliteDatabase(file, { readonly: true });
  // maps the whole file: no copy of a page between the system's cache and SQLite's
  reader.pragma(`mmap_size = ${MAPPED_BYTES_MAX}`);
  return { reader, writer };
}

/** Runs writes in durable transactions; the promise resolves when the disk has it. */
export type Commits = <T>(work: () => T) => Promise<T>;

/** Each write is a transaction of its own, with its own wait for the disk. */
export function oneByOne(db: Database): Commits {
  return async (work) => db.transaction(work).immediate();
}

/** All writes that have come in one turn of the event loop share one transaction and one wait for the disk. */
export function together(db: Database): Commits {
  type Waiting = { run(): () => void; reject(error: unknown): void };
  let waiting: Waiting[] = [];
  // a savepoint: what one member throws undoes that member's part alone
  const member = ({ run, reject }: Waiting) => {
    try {
      return db.transaction(run)();
    } catch (error) {
      return () => reject(error);
    }
  };
  const commit = () => {
    const group = waiting;
    waiting = [];
    try {
      for (const acknowledge of db.transaction(() => group.map(member)).immediate()) acknowledge();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };
  return (work) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(commit);
      const run = () => {
        const result = work();
        return () => resolve(result);
      };
      waiting.push({ run, reject });
    });
}
