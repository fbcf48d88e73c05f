// What a change touches, as marks: see marks.ts. A write notes all of it though nobody depends on most of it, so this is
// kept to what somebody can depend on: values by which rows are looked up, and a row's own id.
import { COLUMNS } from '../generated/tables.ts';
import type { Change, Param } from './database.ts';
import { isFoundBy, valuesOf } from './marks.ts';

interface ChangeShape {
  readonly table: string;
  /** The columns that it sets; null: rows come or go. */
  readonly columns: readonly string[] | null;
  /** Where among the parameters a new row's own id stands; -1: nowhere. */
  readonly ownId: number;
  /** Where among the parameters values stand that rows may be looked up by. */
  readonly places: readonly number[];
  /** Columns by whose values no row is looked up. */
  readonly silent: ReadonlySet<string>;
}

const changeShapes = new WeakMap<Change<unknown>, ChangeShape>();

/** A row that a change answers with: its own id and what it refers to. */
export type ChangedRow = Readonly<Record<string, unknown>>;

/** What a row is changed in that comes or goes: in itself. */
const ROW: readonly string[] = ['*'];
const NOTHING_MORE: readonly string[] = [];

/**
 * Adds what a change has touched. Columns are not spelled out for each value, as in the marks of a read. `rows`: the
 * changed rows' ids and references, as they are now; `known`: what was read of rows earlier in the transaction, by their
 * ids, for the references that they had before.
 */
export function markChange(
  touched: Map<string, readonly string[]>,
  change: Change<unknown>,
  params: readonly Param[],
  rows: readonly ChangedRow[],
  known: ReadonlyMap<string, readonly string[]>,
): void {
  const { table, columns, ownId, places, silent } = shapeOf(change);
  const values = new Set<string>(['*']);
  for (const place of places) for (const value of valuesOf(params[place])) values.add(value);
  const inserted = params[ownId];
  if (typeof inserted === 'string') touched.set(inserted, NOTHING_MORE);
  for (const row of rows) {
    const { id } = row;
    if (typeof id === 'string') {
      touched.set(id, NOTHING_MORE);
      for (const value of known.get(id) ?? []) if (value !== id) values.add(value);
    }
    for (const column in row) {
      const value = row[column];
      if (typeof value === 'string' && !silent.has(column)) values.add(value);
    }
  }
  const changed = columns ?? ROW;
  for (const value of values) {
    const scope = `${table}@${value}`;
    const before = touched.get(scope);
    touched.set(scope, before === undefined || before === changed ? changed : [...before, ...changed]);
  }
}

/** The table that a change is of. */
export function tableOf(change: Change<unknown>): string {
  return shapeOf(change).table;
}

function shapeOf(change: Change<unknown>): ChangeShape {
  let shape = changeShapes.get(change);
  if (!shape) {
    shape = parsed(change.text.sqlite);
    changeShapes.set(change, shape);
  }
  return shape;
}

function parsed(sql: string): ChangeShape {
  const [, verb = '', table = ''] = /^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+([a-z_]+)/i.exec(sql) ?? [];
  // a row is looked up by its own id as the row, never among others
  const silent = new Set(
    (COLUMNS[table] ?? [])
      .filter((column) => column === 'id' || !isFoundBy(table, column))
      // rows that a RETURNING clause answers are named by property
      .flatMap((column) => [column, column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())]),
  );
  const isInsert = /^INSERT/i.test(verb);
  const names = isInsert ? insertedColumns(sql) : [];
  const places = (isInsert ? namesOfValues(sql, names) : comparedWith(sql)).flatMap((name, place) =>
    silent.has(name) ? [] : [place],
  );
  const columns = /^UPDATE/i.test(verb) ? setColumns(sql) : null;
  return { table, columns, ownId: names.indexOf('id'), places, silent };
}

function setColumns(sql: string): string[] {
  const set = /\bSET\b([\s\S]*?)(?:\bWHERE\b|$)/i.exec(sql)?.[1] ?? '';
  return [...set.matchAll(/(?:^|,)\s*([a-z_]+)\s*=/g)].map(([, name = '']) => name);
}

function insertedColumns(sql: string): string[] {
  const [, list] = /^\s*INSERT INTO\s+[a-z_]+\s*\(([^)]*)\)/i.exec(sql) ?? [];
  return list?.split(',').map((name) => name.trim()) ?? [];
}

/** For each parameter of an INSERT the column that it is for; empty where that is no plain list of values. */
function namesOfValues(sql: string, names: readonly string[]): string[] {
  const [, list = ''] = /\)\s*VALUES\s*\(([?,\s]*)\)/i.exec(sql) ?? [];
  const isPlain = list.split(',').length === names.length;
  return Array.from({ length: sql.split('?').length - 1 }, (_, place) =>
    isPlain ? (names[place] ?? '') : '',
  );
}

/** For each parameter the column that it is set to or compared with; empty where that cannot be read. */
function comparedWith(sql: string): string[] {
  const text = sql.replace(/'[^']*'/g, "''");
  return [...text.matchAll(/(?:\b(\w+)\s*=\s*)?\?/g)].map(([, column = '']) => column);
}
