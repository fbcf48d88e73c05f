// The plain INSERT, UPDATE and DELETE, written from an object and prepared once for each set of columns. Tables and
// columns are typed by Prisma's models, so that a name that is not in prisma/models does not compile.
import type { Rows } from '../generated/tables.ts';
import type { MaybePromise } from '../graphql/execution/index.ts';
import type { Change, Param, Transaction } from './database.ts';
import type { Writes } from './declarations.ts';
import { columnOf, type RowShape, selectList } from './row-shape.ts';
import { change } from './statement.ts';

export type Table = keyof Rows;

/** The columns of a row whose values are parameters: neither relations nor JSON. */
type Columns<T extends Table> = {
  [K in keyof Rows[T] as Extract<Rows[T][K], Param | undefined> extends never ? never : K]: Extract<
    Rows[T][K],
    Param | undefined
  >;
};
type Some<T extends Table> = Partial<Columns<T>>;

/** Adds a row. Members that are undefined take the column's default. */
export async function insertRow<T extends Table>(tx: Transaction, table: T, row: Columns<T>): Promise<void> {
  const { names, values } = given(row);
  await tx.run(made(`+${table} ${names}`, inserting(table, names, '')), values);
}

/** Adds a row and answers it as it is stored, in the columns of a shape. */
export async function insertReturning<T extends Table, Row>(
  tx: Transaction,
  table: T,
  row: Columns<T>,
  shape: RowShape,
): Promise<Row> {
  const { names, values } = given(row);
  const change = madeReturning<Row>(`+${table} ${names}`, shape, inserting(table, names, ''));
  return one(await tx.all(change, values), table);
}

/** Adds a row unless a unique key of the table has its value already; answers whether it did. Waits for whoever is adding the same. */
export async function insertNew<T extends Table>(
  tx: Transaction,
  table: T,
  row: Columns<T>,
): Promise<boolean> {
  const { names, values } = given(row);
  const change = made(`?${table} ${names}`, inserting(table, names, ' ON CONFLICT DO NOTHING'));
  return (await tx.run(change, values)) > 0;
}

/** Changes the rows that have all of `where`'s values; answers how many there were. */
export function updateRows<T extends Table>(
  tx: Transaction,
  table: T,
  where: Some<T>,
  set: Some<T>,
): MaybePromise<number> {
  const { key, values, ...written } = updating(table, where, set);
  return tx.run(made(key, written), values);
}

/** Changes the one row that has all of `where`'s values and answers it as it is then, in the columns of a shape. */
export async function updateReturning<T extends Table, Row>(
  tx: Transaction,
  table: T,
  where: Some<T>,
  set: Some<T>,
  shape: RowShape,
): Promise<Row> {
  const { key, values, ...written } = updating(table, where, set);
  return one(await tx.all(madeReturning<Row>(key, shape, written), values), table);
}

/** A change's text and what it writes, for the first call of its kind. */
interface Written {
  text(): string;
  writes(): Writes;
}

function updating(table: Table, where: Some<Table>, set: Some<Table>) {
  const { names, values } = given(set);
  const keys = given(where);
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
 * Those of a row's new values that are not its old ones. A column that is set is written into every index that has it,
 * changed or not, and an index's page is most of what a small change costs.
 */
export function differing<T extends object>(row: Readonly<T>, values: Partial<T>): Partial<T> {
  const others: Partial<T> = {};
  for (const name in values) if (values[name] !== row[name]) others[name] = values[name];
  return others;
}

/** Removes the rows that have all of `where`'s values; answers how many there were. */
export function deleteRows<T extends Table>(tx: Transaction, table: T, where: Some<T>): MaybePromise<number> {
  const { names, values } = given(where);
  const change = made(`-${table} ${names}`, {
    text: () => `DELETE FROM ${table} WHERE ${equal(names, ' AND ')}`,
    writes: () => ({ table, sets: null, by: columnsOf(names) }),
  });
  return tx.run(change, values);
}

/** Under a word for what is done, the table and the members: a call that was made before makes no text of SQL. */
const statements = new Map<string, Change>();

function made(key: string, { text, writes }: Written): Change {
  let known = statements.get(key);
  if (!known) {
    const sql = text();
    known = change(sql, sql, writes());
    statements.set(key, known);
  }
  return known;
}

/** The same for changes that answer rows, by the shape of those. */
const returning = new WeakMap<RowShape, Map<string, Change<unknown>>>();

function madeReturning<Row>(key: string, shape: RowShape, { text, writes }: Written): Change<Row> {
  let byKey = returning.get(shape);
  if (!byKey) {
    byKey = new Map();
    returning.set(shape, byKey);
  }
  let known = byKey.get(key);
  if (!known) {
    const sql = `${text()} RETURNING ${selectList(shape)}`;
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

/** A row's members that are given, as `id,createdAt`, and their values. */
function given(row: Readonly<Record<string, unknown>>): { readonly names: string; readonly values: Param[] } {
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
