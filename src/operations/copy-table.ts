import { StartError } from '../start-error.ts';
import type { ReceivedTable, Receiver } from '../store/index.ts';
import { comparableRow, NO_ROWS, type RowDigest, rowForPostgres, withRows } from './row-digest.ts';
import type { SqliteFile } from './sqlite.ts';

/** Few enough to need little memory with any texts, and enough to make round trips negligible. */
const BATCH_ROWS = 500;

/** Copies a table in the order of its rowids. Returns the digest of the rows that it read. */
export async function copyTable(
  source: SqliteFile,
  target: Receiver,
  table: ReceivedTable,
  onProgress: ((table: string, rows: number, of: number) => void) | undefined,
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
    await addRows(target, table, rows);
    digest = withRows(
      digest,
      rows.map((row) => comparableRow(table, row)),
    );
    onProgress?.(table.name, digest.rows, count?.rows ?? digest.rows);
  }
}

async function addRows(
  target: Receiver,
  table: ReceivedTable,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  try {
    await target.add(
      table,
      rows.map((row) => rowForPostgres(table, row)),
    );
  } catch (error) {
    // SQLSTATE class 22, "data exception", such as a text that PostgreSQL cannot store
    const isData = error instanceof Error && 'code' in error && /^22/.test(String(error.code));
    if (!isData) throw error;
    throw new StartError(`PostgreSQL rejects a row of ${table.name}: ${error.message}.`, {
      cause: error,
    });
  }
}

/** The digest of the rows that the target holds of a table. */
export async function digestOf(target: Receiver, table: ReceivedTable): Promise<RowDigest> {
  let digest = NO_ROWS;
  for await (const rows of target.stored(table, BATCH_ROWS))
    digest = withRows(
      digest,
      rows.map((row) => comparableRow(table, row)),
    );
  return digest;
}
