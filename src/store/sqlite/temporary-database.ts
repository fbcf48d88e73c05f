import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { StartError } from '../../start-error.ts';

type Value = string | number | null;

/** An SQLite file for data that is sorted or joined once and does not fit into memory. */
export interface TemporaryDatabase {
  /** Runs statements without parameters. */
  exec(sql: string): void;
  run(sql: string, values: readonly Value[]): void;
  /** All rows, for results that are small. */
  all<Row>(sql: string, ...values: Value[]): Row[];
  /** The rows one at a time. `all` may be called between them. */
  each<Row>(sql: string): Iterable<Row>;
  /** Removes the file. */
  close(): void;
}

function temporaryFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'parley-'));
  } catch (error) {
    throw new StartError(
      `The temporary folder ${tmpdir()} cannot be used (${(error as Error).message}): set TMPDIR.`,
    );
  }
}

/** Opens an empty database in the temporary folder. Its statements are kept prepared, by their texts. */
export function openTemporaryDatabase(): TemporaryDatabase {
  const folder = temporaryFolder();
  const db = new Sqlite(join(folder, 'temporary.db'));
  // if the process ends, so does the file's use
  db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE');
  const statements = new Map<string, Sqlite.Statement>();
  const prepared = (sql: string) => {
    const statement = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    exec: (sql) => db.exec(sql),
    run: (sql, values) => prepared(sql).run(...values),
    all: <Row>(sql: string, ...values: Value[]) => prepared(sql).all(...values) as Row[],
    each: <Row>(sql: string) => db.prepare(sql).iterate() as IterableIterator<Row>,
    close: () => {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
