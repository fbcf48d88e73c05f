// Compares a table in SQLite with its copy in PostgreSQL: both sides convert a row to the same values, and add up the
// digests of their rows.
import { createHash } from 'node:crypto';
import type { ColumnKind, ReceivedTable } from '../store/index.ts';

/** The sum of the digests is kept modulo 2^256. */
const BITS = 256;

/** A set of rows in no order: their number and the sum of their SHA-256 digests. */
export interface RowDigest {
  readonly rows: number;
  readonly sum: bigint;
}

export const NO_ROWS: RowDigest = { rows: 0, sum: 0n };

/** Adds rows to a digest. A row is the list of its columns' values. */
export function withRows({ rows, sum }: RowDigest, more: readonly (readonly unknown[])[]): RowDigest {
  let total = sum;
  for (const row of more)
    total += BigInt(`0x${createHash('sha256').update(JSON.stringify(row)).digest('hex')}`);
  return { rows: rows + more.length, sum: BigInt.asUintN(BITS, total) };
}

export function isSame(one: RowDigest, other: RowDigest): boolean {
  return one.rows === other.rows && one.sum === other.sum;
}

type Row = Readonly<Record<string, unknown>>;

/** A row of SQLite in the form in which PostgreSQL receives it. */
export function rowForPostgres({ columns }: ReceivedTable, row: Row): object {
  return Object.fromEntries(columns.map(({ name, kind }) => [name, valueForPostgres(kind, row[name])]));
}

function valueForPostgres(kind: ColumnKind, value: unknown): unknown {
  if (value === null) return null;
  if (kind === 'boolean') return value === 1;
  if (kind === 'time') return new Date(Number(value)).toISOString();
  return kind === 'json' ? JSON.parse(String(value)) : value;
}

/** A row of either database as values that are equal if the rows are. */
export function comparableRow({ columns }: ReceivedTable, row: Row): unknown[] {
  return columns.map(({ name, kind }) => comparableValue(kind, row[name]));
}

function comparableValue(kind: ColumnKind, value: unknown): unknown {
  if (value === null) return null;
  if (kind === 'boolean') return value === true || value === 1;
  return kind === 'json' ? canonicalJson(String(value)) : value;
}

/** JSON with sorted members, so that both databases give the same text for one value. */
export function canonicalJson(text: string): string {
  return JSON.stringify(JSON.parse(text), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
