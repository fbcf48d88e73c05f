// INSERT, UPDATE and DELETE statements, generated from objects and prepared once for each set of columns. Tables and
// columns have the types of Prisma's models, so unknown names do not compile.
import type { Rows } from '../generated/tables.ts';
import type { MaybePromise } from '../graphql/execution/index.ts';
import type { Change, Param, Transaction } from './database.ts';
import type { Writes } from './declarations.ts';
import { columnOf, type RowShape, selectList } from './row-shape.ts';
import { change } from './statement.ts';

export type Table = keyof Rows;

/** The columns that take parameters: no relations and no JSON. */
type Columns<T extends Table> = {
  [K in keyof Rows[T] as Extract<Rows[T][K], Param | undefined> extends never ? never : K]: Extract<
    Rows[T][K],
    Param | undefined
  >;
};
type Some<T extends Table> = Partial<Columns<T>>;

/** Inserts a row. Undefined members take the column's default. */
export async function insertRow<T extends Table>(tx: Transaction, table: T, row: Columns<T>): Promise<void> {
  const { names, values } = definedMembers(row);
  await tx.run(changeFor(`+${table} ${names}`, inserting(table, names, '')), values);
}

/** Inserts a row and returns it as stored, in the columns of a shape. */
export async function insertReturning<T extends Table, Row>(
  tx: Transaction,
  table: T,
  row: Columns<T>,
  shape: RowShape,
): Promise<Row> {
  const { names, values } = definedMembers(row);
  const change = changeFor<Row>(`+${table} ${names}`, inserting(table, names, ''), shape);
  return one(await tx.all(change, values), table);
}

/**
 * Inserts a row, unless a unique key has its value already. Returns whether it was inserted. Waits for transactions
 * that insert the same value.
 */
export async function insertNew<T extends Table>(
  tx: Transaction,
  table: T,
  row: Columns<T>,
): Promise<boolean> {
  const { names, values } = definedMembers(row);
  const change = changeFor(`?${table} ${names}`, inserting(table, names, ' ON CONFLICT DO NOTHING'));
  return (await tx.run(change, values)) > 0;
}

/** Updates the rows with all values in `where`. Returns their number. */
export function updateRows<T extends Table>(
  tx: Transaction,
  table: T,
  where: Some<T>,
  set: Some<T>,
): MaybePromise<number> {
  const updated = updating(table, where, set);
  return tx.run(changeFor(updated.key, updated), updated.values);
}

/** Updates the one row with all values in `where` and returns it as stored, in the columns of a shape. */
export async function updateReturning<T extends Table, Row>(
  tx: Transaction,
  table: T,
  where: Some<T>,
  set: Some<T>,
  shape: RowShape,
): Promise<Row> {
  const updated = updating(table, where, set);
  return one(await tx.all(changeFor<Row>(updated.key, updated, shape), updated.values), table);
}

/** The text of a change and what it writes, computed at the first call. */
interface Written {
  text(): string;
  writes(): Writes;
}

function updating(table: Table, where: Some<Table>, set: Some<Table>) {
  const { names, values } = definedMembers(set);
  const keys = definedMembers(where);
  for (const value of keys.values) values.push(value);
  const key = `=${table} ${names} ${keys.names}`;
  return {
    key,
    values,
    text: () => `UPDATE ${table} SET ${equal(names, ', ')} WHERE ${equal(keys.names, ' AND ')}`,
    writes: (): Writes => ({ table, sets: columnsOf(names), by: columnsOf(`${names},${keys.names}`) }),
  };
}

function one<Row>([row]: readonly Row[], table: Table): Row {
  if (row === undefined) throw new Error(`No row of ${table} was written.`);
  return row;
}

/**
 * The new values that differ from a row's old ones. PostgreSQL and SQLite write every index of a column that is set,
 * even if its value stays the same, and index pages are most of the cost of a small change.
 */
export function differing<T extends object>(row: Readonly<T>, values: Partial<T>): Partial<T> {
  const others: Partial<T> = {};
  for (const name in values) if (values[name] !== row[name]) others[name] = values[name];
  return others;
}

/** Deletes the rows with all values in `where`. Returns their number. */
export function deleteRows<T extends Table>(tx: Transaction, table: T, where: Some<T>): MaybePromise<number> {
  const { names, values } = definedMembers(where);
  const change = changeFor(`-${table} ${names}`, {
    text: () => `DELETE FROM ${table} WHERE ${equal(names, ' AND ')}`,
    writes: () => ({ table, sets: null, by: columnsOf(names) }),
  });
  return tx.run(change, values);
}

const NO_ROWS: RowShape = { columns: [] };
/** By the shape of the returned rows, then by kind of change, table and columns, so that repeated calls build no SQL. */
const statements = new WeakMap<RowShape, Map<string, Change<unknown>>>();

function changeFor<Row = never>(key: string, { text, writes }: Written, shape = NO_ROWS): Change<Row> {
  const byKey = statements.get(shape) ?? new Map<string, Change<unknown>>();
  statements.set(shape, byKey);
  let known = byKey.get(key);
  if (!known) {
    const sql = shape === NO_ROWS ? text() : `${text()} RETURNING ${selectList(shape)}`;
    known = { ...change(sql, sql, writes()), ...(shape.omitted && { omitted: shape.omitted }) };
    byKey.set(key, known);
  }
  return known as Change<Row>;
}

function inserting(table: Table, names: string, ending: string): Written {
  return {
    text: () => {
      const columns = columnsOf(names);
      const params = columns.map(() => '?').join(', ');
      return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${params})${ending}`;
    },
    writes: () => ({ table, sets: null, by: columnsOf(names) }),
  };
}

const equal = (names: string, between: string) =>
  columnsOf(names)
    .map((column) => `${column} = ?`)
    .join(between);

const columnsOf = (names: string) => names.split(',').map(columnOf);

/** The defined members of a row: their names, such as `id,createdAt`, and their values. */
function definedMembers(row: Readonly<Record<string, unknown>>): {
  readonly names: string;
  readonly values: Param[];
} {
  let names = '';
  const values: Param[] = [];
  for (const name in row) {
    const value = row[name];
    if (value === undefined) continue;
    names = names === '' ? name : `${names},${name}`;
    values.push(value as Param);
  }
  return { names, values };
}
