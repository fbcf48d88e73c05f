// What a cached answer depends on, and what a commit invalidates, as short texts that can be compared: cache tags.
//   ID             the row with this id
//   TABLE@VALUE    the rows of a table with this value in a lookup column, whatever changes in them; `*`: any row
//   TABLE@VALUE#C  the same rows, as far as column C decides which of them are found and in which order; `#*`: a row is
//                  added or removed
import { FOUND_BY, REFERENCES } from '../generated/tables.ts';
import type { Change, Param, Statement } from './database.ts';
import type { Reads, Writes } from './declarations.ts';
import { ROW_ID } from './ids.ts';

/** The known columns of a row. */
export type KnownRow = Readonly<Record<string, unknown>>;

/** Adds the tags of a read. Returns false if the statement does not declare what it reads. */
export function addReadTags(
  tags: Set<string>,
  statement: Statement<unknown>,
  params: readonly Param[],
  rows: readonly unknown[],
): boolean {
  if (!statement.reads) return false;
  for (const row of statement.visible?.(rows, params) ?? rows) {
    const { id } = row as KnownRow;
    if (typeof id === 'string') tags.add(id);
  }
  for (const reads of statement.reads) addTagsOf(reads, tags, params, rows as readonly KnownRow[]);
  return true;
}

function addTagsOf(
  { table, by = [], columns, id, staleMs }: Reads,
  tags: Set<string>,
  params: readonly Param[],
  rows: readonly KnownRow[],
): void {
  if (staleMs !== undefined) return;
  if (id !== undefined) {
    for (const row of rows) {
      const joined = row[id];
      if (typeof joined === 'string') tags.add(joined);
    }
    if (columns === undefined) return;
  }
  let isScoped = false;
  for (const [place, column] of by.entries()) {
    const param = params[place];
    if (column === null || (typeof param !== 'string' && !Array.isArray(param))) continue;
    isScoped = true;
    for (const value of typeof param === 'string' ? [param] : (param as readonly string[])) {
      if (column === 'id') tags.add(value);
      else addScope(tags, `${table}@${value}`, columns && [column, ...columns]);
    }
  }
  if (!isScoped) addScope(tags, `${table}@*`, columns);
}

function addScope(tags: Set<string>, scope: string, columns: readonly string[] | undefined): void {
  if (columns === undefined) tags.add(scope);
  else {
    tags.add(`${scope}#*`);
    for (const column of columns) tags.add(`${scope}#${column}`);
  }
}

/** Stands for the columns of a row that is added or removed. */
const ROW: readonly string[] = ['*'];
const NO_COLUMNS: readonly string[] = [];

/**
 * Adds the tags of a change. `rows` are the ids and references of the changed rows, as they are now; `before` has the
 * references of rows that were read earlier in the transaction, by id, and is needed if the change sets a reference.
 * Columns are not expanded for each value, because most tags of a write concern no entry. Returns false if a row may
 * have left a list that is unknown.
 */
export function addWriteTags(
  tags: Map<string, readonly string[]>,
  change: Change<unknown>,
  params: readonly Param[],
  rows: readonly KnownRow[],
  before: ReadonlyMap<string, readonly string[]>,
): boolean {
  const { table, sets, by } = change.writes;
  const values = new Set<string>(['*']);
  const lookups = LOOKUPS.get(table);
  by.forEach((column, place) => {
    const param = params[place];
    if (column === null || typeof param !== 'string') return;
    if (column === 'id' && sets === null) tags.set(param, NO_COLUMNS);
    if (lookups?.has(column)) values.add(param);
  });
  let isKnown = true;
  for (const row of rows) {
    const { id } = row;
    if (typeof id === 'string') {
      tags.set(id, NO_COLUMNS);
      const references = before.get(id);
      for (const value of references ?? []) if (value !== id) values.add(value);
      if (!references && setsReference(change.writes)) isKnown = false;
    }
    for (const name in row) {
      const value = row[name];
      if (typeof value === 'string' && lookups?.has(name)) values.add(value);
    }
  }
  const changed = sets ?? ROW;
  for (const value of values) {
    const scope = `${table}@${value}`;
    const earlier = tags.get(scope);
    tags.set(scope, earlier === undefined || earlier === changed ? changed : [...earlier, ...changed]);
  }
  return isKnown;
}

const camel = (column: string) => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
/** The lookup columns of each table except its id, and the properties that hold them. */
const LOOKUPS = new Map(
  Object.entries(FOUND_BY).map(([table, columns]) => [
    table,
    new Set([...columns, ...columns.map(camel)].filter((column) => column !== 'id')),
  ]),
);

/** Whether a column of a table, other than its id, is a lookup column. */
export function isLookup(table: string, column: string | null): boolean {
  return column !== null && LOOKUPS.get(table)?.has(column) === true;
}

/** Whether such a change can remove a row from another row's lists, without removing the row. */
export function setsReference({ table, sets }: Writes): boolean {
  const references = REFERENCES[table] ?? [];
  return (sets ?? []).some((column) => column.endsWith('_id') && references.includes(column));
}

/** The references of a row: every id among its values. */
export function referencesOf(row: KnownRow): string[] {
  return Object.values(row).filter(
    (value): value is string => typeof value === 'string' && ROW_ID.test(value),
  );
}
