import { reindex } from '../forum/search/index.ts';
import { StartError } from '../start-error.ts';
import {
  addressOf,
  migrate,
  migrationsFolder,
  openDatabase,
  pendingMigrations,
  type ReceivedTable,
  type Receiver,
  readMigrations,
  receiveRows,
} from '../store/index.ts';
import { checkIntegrity, countRows, migrationsOf, query, type RowCounts } from './check-database.ts';
import { copyTable, digestOf } from './copy-table.ts';
import { mayWrite, requireFile } from './database-files.ts';
import { readFailure } from './failures.ts';
import { isSame, type RowDigest } from './row-digest.ts';
import { type SqliteFile, withSqlite } from './sqlite.ts';

interface MoveInput {
  /** The SQLite database. */
  readonly file: string;
  /** The PostgreSQL database. */
  readonly url: string;
  /** Called after each batch of rows. */
  readonly onProgress?: (table: string, rows: number, of: number) => void;
  /** If it is aborted, the move rejects with the signal's reason and leaves the target empty. */
  readonly signal?: AbortSignal | undefined;
}

interface MoveResult extends RowCounts {
  readonly tables: number;
  readonly rows: number;
}

/**
 * Copies the present state of a forum from an SQLite file to an empty PostgreSQL database, which it migrates first. Then
 * it reads every row back and compares it. The copy is one transaction: PostgreSQL holds the whole forum or, after any
 * failure, nothing, and the move can be started again. The file is not changed. Throws a StartError if a database cannot
 * be opened, the target is not empty, or a row differs.
 */
export async function move({ file, url, onProgress, signal }: MoveInput): Promise<MoveResult> {
  // input
  if (addressOf(url, 'POSTGRES_URL').engine !== 'postgres')
    throw new StartError('The target must be a "postgresql://" URL.');
  await requireFile(file, `There is no file ${file}.`);
  await migrate(url);

  // copy and compare
  try {
    return await withSqlite(file, { write: await mayWrite(file), signal }, async (source) => {
      await source.exec('BEGIN'); // a snapshot of the file, whatever is written meanwhile
      const counts = await countRows(source, file);
      await checkIntegrity(source, file);
      await checkVersion(source, file);
      const moved = await receiveRows(url, async (target) => {
        const tables = await sharedTables(source, file, target);
        let rows = 0;
        for (const table of tables) {
          const here = await copyTable(source, target, table, onProgress);
          const there = await digestOf(target, table);
          if (!isSame(here, there)) throw differences(table, here, there);
          rows += here.rows;
        }
        signal?.throwIfAborted();
        return { tables: tables.length, rows };
      });
      await indexTexts(url, onProgress, signal);
      return { ...counts, ...moved };
    });
  } catch (error) {
    throw readFailure(error, file);
  }
}

/** Makes the target's search index. If it is interrupted, the forum is complete, and `parley search reindex` goes on. */
async function indexTexts(
  url: string,
  onProgress: MoveInput['onProgress'],
  signal: AbortSignal | undefined,
): Promise<void> {
  const db = await openDatabase(url);
  try {
    await reindex(db, (done, of) => {
      signal?.throwIfAborted();
      onProgress?.('search index', done, of);
    });
  } finally {
    await db.close();
  }
}

/** Throws a StartError unless the file has had exactly the migrations of this version, and so its columns. */
async function checkVersion(source: SqliteFile, file: string): Promise<void> {
  const rows = await migrationsOf(source, file);
  const [pending] = pendingMigrations(rows, readMigrations(migrationsFolder('sqlite')));
  if (pending)
    throw new StartError(
      `${file} was written by an older version: start this version with it once, then move it.`,
    );
}

/** The tables of the target that the file has. Triggers fill the target's other tables from these. */
async function sharedTables(
  source: SqliteFile,
  file: string,
  { tables }: Receiver,
): Promise<ReceivedTable[]> {
  const columns = await query<{ table: string; column: string }>(
    source,
    // the search index is made anew in the target
    `SELECT t.name AS "table", c.name AS "column" FROM pragma_table_list t, pragma_table_info(t.name) c
      WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        AND t.name <> '_prisma_migrations' AND t.name NOT LIKE 'search\\_%' ESCAPE '\\'`,
    file,
  );
  const has = (table: string, column?: string) =>
    columns.some((one) => one.table === table && (column === undefined || one.column === column));
  const lost = columns.find(
    ({ table, column }) => !tables.some((one) => one.name === table && one.columns.some(named(column))),
  );
  if (lost) throw new StartError(`PostgreSQL has no column for ${lost.table}.${lost.column} of ${file}.`);
  return tables
    .filter(({ name }) => has(name))
    .map((table) => ({ ...table, columns: table.columns.filter(({ name }) => has(table.name, name)) }));
}

const named = (column: string) => (one: { readonly name: string }) => one.name === column;

function differences({ name }: ReceivedTable, here: RowDigest, there: RowDigest): StartError {
  const what =
    here.rows === there.rows
      ? `some of its ${here.rows} rows differ`
      : `${here.rows} rows were sent and ${there.rows} received`;
  return new StartError(`The table ${name} is not the same in both databases: ${what}. Nothing was stored.`);
}
