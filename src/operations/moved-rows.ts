// What a row is on its way from SQLite to PostgreSQL: in SQLite's form, in JSON's, and in the one in which both sides
// are compared.
import type { ColumnKind, ReceivedTable } from '../store/index.ts';
import { canonicalJson } from './row-digest.ts';

type Row = Readonly<Record<string, unknown>>;

/** A row of SQLite as the receiving side takes it. */
export function sent({ columns }: ReceivedTable, row: Row): object {
  return Object.fromEntries(columns.map(({ name, kind }) => [name, sentValue(kind, row[name])]));
}

function sentValue(kind: ColumnKind, value: unknown): unknown {
  if (value === null) return null;
  if (kind === 'boolean') return value === 1;
  if (kind === 'time') return new Date(Number(value)).toISOString();
  return kind === 'json' ? JSON.parse(String(value)) : value;
}

/** A row of either side as values that are alike where the rows are. */
export function compared({ columns }: ReceivedTable, row: Row): unknown[] {
  return columns.map(({ name, kind }) => comparedValue(kind, row[name]));
}

function comparedValue(kind: ColumnKind, value: unknown): unknown {
  if (value === null) return null;
  if (kind === 'boolean') return value === true || value === 1;
  return kind === 'json' ? canonicalJson(String(value)) : value;
}
