import {
  addressOf,
  type MigrationRow,
  migrate,
  migrationsFolder,
  pendingMigrations,
  type ReceivedTable,
  type Receiver,
  readMigrations,
  receiveRows,
} from '../kit/db/index.ts';
import { StartError } from '../kit/errors.ts';
import { readFailure } from './failures.ts';
import { compared, sent } from './moved-rows.ts';
import { mayWrite, requireFile } from './places.ts';
import { isSame, NO_ROWS, type RowDigest, withRows } from './row-digest.ts';
import { type SqliteFile, withSqlite } from './sqlite.ts';
import { answer, checkWhole, countRows, type RowCounts } from './whole.ts';

export interface MoveInput {
  /** The SQLite database. */
  readonly file: string;
  /** The PostgreSQL database. */
  readonly url: string;
  /** Called after each batch of rows. */
  readonly onProgress?: (table: string, rows: number, of: number) => void;
  /** Aborted: the move ends with the signal's reason, and leaves the target empty. */
  readonly signal?: AbortSignal | undefined;
}

export interface MoveResult extends RowCounts {
  readonly tables: number;
  readonly rows: number;
}

/** Few enough to be small in memory whatever the texts, enough that the round trips do not count. */
const BATCH_ROWS = 500;

/**
 * Copies a forum from an SQLite file, as it stands at this moment, into an empty PostgreSQL database, which it migrates
 * first; reads every row back and compares it. All of it is one transaction: the database holds the whole forum at the
 * end, or nothing after whatever stopped it, and the move can be started again. The file is not changed. Throws a
 * StartError where one of the two cannot be had, the target is not empty, or a row came out as another.
 */
export async function move({ file, url, onProgress, signal }: MoveInput): Promise<MoveResult> {
  // input
  if (addressOf(url).engine !== 'postgres') throw new StartError('The target must be a "postgresql://" URL.');
  await requireFile(file, `There is no file ${file}.`);
  await migrate(url);

  // copy and compare
  try {
    return await withSqlite(file, { write: await mayWrite(file), signal }, async (source) => {
      await source.exec('BEGIN'); // one state of the file, whatever is written meanwhile
      const counts = await countRows(source, file);
      await checkWhole(source, file);
      await checkVersion(source, file);
      const moved = await receiveRows(url, async (target) => {
        const tables = await sharedTables(source, file, target);
        let rows = 0;
        for (const table of tables) {
          const here = await copy(source, target, table, onProgress);
          const there = await digestOf(target, table);
          if (!isSame(here, there)) throw differs(table, here, there);
          rows += here.rows;
        }
        signal?.throwIfAborted();
        return { tables: tables.length, rows };
      });
      return { ...counts, ...moved };
    });
  } catch (error) {
    throw readFailure(error, file);
  }
}

/** Throws a StartError unless the file has had exactly the migrations of this version: then its columns are ours. */
async function checkVersion(source: SqliteFile, file: string): Promise<void> {
  const rows = await answer<MigrationRow>(source, 'SELECT * FROM _prisma_migrations', file);
  const [pending] = pendingMigrations(rows, readMigrations(migrationsFolder('sqlite')));
  if (pending)
    throw new StartError(`${file} is of an older version: start this one on it once, then move it.`);
}

/** The tables of the target that the file has; those that it has not fill themselves from these. */
async function sharedTables(
  source: SqliteFile,
  file: string,
  { tables }: Receiver,
): Promise<ReceivedTable[]> {
  const columns = await answer<{ table: string; column: string }>(
    source,
    // virtual tables and their own are of a search index, which each engine makes for itself
    `SELECT t.name AS "table", c.name AS "column" FROM pragma_table_list t, pragma_table_info(t.name) c
      WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        AND t.name <> '_prisma_migrations'`,
    file,
  );
  const has = (table: string, column?: string) =>
    columns.some((one) => one.table === table && (column === undefined || one.column === column));
  const lost = columns.find(
    ({ table, column }) => !tables.some((one) => one.name === table && one.columns.some(named(column))),
  );
  if (lost) throw new StartError(`PostgreSQL has no place for ${lost.table}.${lost.column} of ${file}.`);
  return tables
    .filter(({ name }) => has(name))
    .map((table) => ({ ...table, columns: table.columns.filter(({ name }) => has(table.name, name)) }));
}

const named = (column: string) => (one: { readonly name: string }) => one.name === column;

/** Copies a table in the order of its rows, and answers what it read. */
async function copy(
  source: SqliteFile,
  target: Receiver,
  table: ReceivedTable,
  onProgress: MoveInput['onProgress'],
): Promise<RowDigest> {
  const [count] = await source.all<{ rows: number }>(`SELECT count(*) AS rows FROM "${table.name}"`);
  const columns = table.columns.map(({ name }) => `"${name}"`).join(', ');
  let digest = NO_ROWS;
  for (let last = Number.MIN_SAFE_INTEGER; ; ) {
    const rows = await source.all<Record<string, unknown> & { __row: number }>(
      `SELECT rowid AS "__row", ${columns} FROM "${table.name}" WHERE rowid > ${last} ORDER BY rowid LIMIT ${BATCH_ROWS}`,
    );
    const end = rows.at(-1);
    if (!end) return digest;
    last = end.__row;
    await added(target, table, rows);
    digest = withRows(
      digest,
      rows.map((row) => compared(table, row)),
    );
    onProgress?.(table.name, digest.rows, count?.rows ?? digest.rows);
  }
}

async function added(
  target: Receiver,
  table: ReceivedTable,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  try {
    await target.add(
      table,
      rows.map((row) => sent(table, row)),
    );
  } catch (error) {
    // of SQLSTATE's class 22, "data exception": such as a text that PostgreSQL cannot hold
    const isData = error instanceof Error && 'code' in error && /^22/.test(String(error.code));
    if (!isData) throw error;
    throw new StartError(`PostgreSQL does not take a row of ${table.name}: ${error.message}.`, {
      cause: error,
    });
  }
}

async function digestOf(target: Receiver, table: ReceivedTable): Promise<RowDigest> {
  let digest = NO_ROWS;
  for await (const rows of target.stored(table, BATCH_ROWS))
    digest = withRows(
      digest,
      rows.map((row) => compared(table, row)),
    );
  return digest;
}

function differs({ name }: ReceivedTable, here: RowDigest, there: RowDigest): StartError {
  const what =
    here.rows === there.rows
      ? `some of its ${here.rows} rows came out as others`
      : `${here.rows} rows went out and ${there.rows} came in`;
  return new StartError(`The table ${name} is not the same on both sides: ${what}. Nothing was kept.`);
}
