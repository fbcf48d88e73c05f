// Copies a whole forum into an empty, migrated database.
import pg from 'pg';
import { StartError } from '../../start-error.ts';
import { commandClient, nameOf, postgresAddress, startErrorOf } from './connection.ts';
import { endClient } from './pool.ts';

/** It builds every index of a large forum. */
const STATEMENT_MS_MAX = 60 * 60_000;

/** How a column's values are converted from SQLite's. */
export type ColumnKind = 'plain' | 'boolean' | 'time' | 'json';

interface ReceivedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

export interface ReceivedTable {
  readonly name: string;
  /** All columns except generated ones. */
  readonly columns: readonly ReceivedColumn[];
}

/** An open transaction on an empty database. Nobody else sees it or writes meanwhile. */
export interface Receiver {
  readonly tables: readonly ReceivedTable[];
  /** Adds rows: objects by column names, with times in ISO 8601 and parsed JSON. References are checked at the end. */
  add(table: ReceivedTable, rows: readonly object[]): Promise<void>;
  /** The stored rows of a table, in batches, with times in milliseconds since 1970 and JSON as text. */
  stored(table: ReceivedTable, batch: number): AsyncIterable<readonly Record<string, unknown>[]>;
}

/**
 * Runs `work` in one transaction and commits if every reference has its row; otherwise the database stays empty. Throws
 * StartError if the database cannot be opened or has rows.
 */
export async function receiveRows<T>(url: string, work: (receiver: Receiver) => Promise<T>): Promise<T> {
  const address = postgresAddress(url);
  const client = commandClient(address, STATEMENT_MS_MAX);
  try {
    await client.connect();
    try {
      await client.query('BEGIN');
      const result = await received(client, url, work);
      await client.query('COMMIT');
      await client.query('ANALYZE'); // otherwise statements would be planned for empty tables until autovacuum runs
      return result;
    } finally {
      await endClient(client); // rolls back what was not committed
    }
  } catch (error) {
    throw startErrorOf(error, url);
  }
}

async function received<T>(
  client: pg.Client,
  url: string,
  work: (receiver: Receiver) => Promise<T>,
): Promise<T> {
  const tables = await tablesOf(client);
  await client.query(
    `LOCK TABLE ${tables.map(({ name }) => quoted(name)).join(', ')} IN ACCESS EXCLUSIVE MODE`,
  );
  for (const { name } of tables) {
    const { rowCount } = await client.query(`SELECT 1 FROM ${quoted(name)} LIMIT 1`);
    if (rowCount !== 0)
      throw new StartError(`${nameOf(url)} is not empty: ${name} has rows. Name an empty database.`);
  }
  const references = await withoutReferences(client);
  const result = await work({
    tables,
    add: (table, rows) => add(client, table, rows),
    stored: (table, batch) => stored(client, table, batch),
  });
  // reads each table once, and fails if a reference has no row
  for (const sql of references) await client.query(sql);
  return result;
}

/**
 * Drops the foreign keys, because two tables refer to each other and no order of filling works. Returns the statements
 * that restore them.
 */
async function withoutReferences(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(
    `SELECT c.relname AS "table", k.conname AS "name", pg_get_constraintdef(k.oid) AS "definition"
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
      WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace AND k.conparentid = 0
      ORDER BY c.relname, k.conname`,
  );
  for (const { table, name } of rows)
    await client.query(`ALTER TABLE ${quoted(table)} DROP CONSTRAINT ${quoted(name)}`);
  return rows.map(
    ({ table, name, definition }) =>
      `ALTER TABLE ${quoted(table)} ADD CONSTRAINT ${quoted(name)} ${definition}`,
  );
}

async function add(
  client: pg.Client,
  { name, columns }: ReceivedTable,
  rows: readonly object[],
): Promise<void> {
  const names = columns.map((column) => quoted(column.name)).join(', ');
  const table = quoted(name);
  // the server converts each value by its column's type: enums, times, booleans, JSON
  const text = `INSERT INTO ${table} (${names})
    SELECT ${names} FROM json_populate_recordset(NULL::${table}, $1::json)`;
  await client.query({ text, values: [JSON.stringify(rows)] });
}

async function* stored(client: pg.Client, { name, columns }: ReceivedTable, batch: number) {
  const list = columns.map((column) => `${expressionOf(column)} AS ${quoted(column.name)}`).join(', ');
  await client.query(`DECLARE stored NO SCROLL CURSOR FOR SELECT ${list} FROM ${quoted(name)}`);
  for (;;) {
    const { rows } = await client.query<Record<string, unknown>>({
      text: `FETCH ${batch} FROM stored`,
      types: TYPES,
    });
    if (rows.length === 0) break;
    yield rows;
  }
  await client.query('CLOSE stored');
}

function expressionOf({ name, kind }: ReceivedColumn): string {
  if (kind === 'time') return `(extract(epoch FROM ${quoted(name)}) * 1000)::bigint`;
  return kind === 'json' ? `${quoted(name)}::text` : quoted(name);
}

const TYPES = {
  getTypeParser: (type: number) =>
    type === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(type, 'text'),
};

// Tables, columns and types come from the catalog, so a table that a migration adds needs no change here.
const COLUMNS = `SELECT c.relname AS "table", a.attname AS "column", format_type(a.atttypid, NULL) AS "type"
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND c.relname <> '_prisma_migrations' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  ORDER BY c.relname, a.attnum`;

/** The tables of the forum in a migrated database. */
async function tablesOf(client: pg.Client): Promise<ReceivedTable[]> {
  const { rows } = await client.query<{ table: string; column: string; type: string }>(COLUMNS);
  const tables = new Map<string, ReceivedColumn[]>();
  for (const { table, column, type } of rows) {
    const columns = tables.get(table) ?? [];
    columns.push({ name: column, kind: kindOf(table, column, type) });
    tables.set(table, columns);
  }
  return [...tables].map(([name, columns]) => ({ name, columns }));
}

function kindOf(table: string, column: string, type: string): ColumnKind {
  if (type === 'boolean') return 'boolean';
  if (type === 'json' || type === 'jsonb') return 'json';
  if (type === 'timestamp without time zone') return 'time';
  if (type === 'bytea' || type.endsWith('[]') || type.startsWith('timestamp') || type === 'numeric')
    throw new Error(`${table}.${column} is of the type ${type}, which receive-rows.ts does not know yet.`);
  return 'plain';
}

function quoted(name: string): string {
  return pg.escapeIdentifier(name);
}
