import { LRUCache } from 'lru-cache';
import {
  type Dialect,
  type LongTexts,
  type Param,
  type Reads,
  type RequestDatabase,
  type Statement,
  selectList,
  statement,
} from '../../store/index.ts';
import { chain, type MaybePromise } from '../execution/index.ts';
import { type Columns, omitting } from '../selected-columns.ts';
import type { Connection } from './connection.ts';
import type { CursorPosition, SortOrder } from './cursor.ts';
import type { PageRequest } from './page-args.ts';
import { selectPage, selectPages, shapeOf } from './page-sql.ts';

/** What a piece of SQL over `t` decides by, for cache tags: see `Reads`. */
interface Decides {
  /** Columns of `t`. */
  readonly columns?: readonly string[];
  /** Other tables, `by` the parameters of this piece. */
  readonly reads?: readonly Reads[];
}

/** A table that is read in pages. In all its SQL the table goes by the name `t`. */
export interface PageSource<Row> extends Columns {
  readonly table: string;
  /** The condition under which a row stands in lists at all. */
  readonly listed: string;
  /** What `listed` decides by. */
  readonly listedBy: Decides;
  /** Never there: carries the row's type. */
  readonly row?: Row;
}

/** One more condition on a list. The SQL, over `t`, must come from a small fixed set. */
export interface Condition extends Decides {
  readonly sql: string;
  readonly params: readonly Param[];
  /** The lookup column of `t` that equals the first parameter in every row of the list. */
  readonly by?: string;
}

/** What ties a row `t` to its parent's id `p.value`; `by` as in a condition. */
export type Scope = Omit<Condition, 'params'>;

/** A page without its count. */
export type Page<Row> = Omit<Connection<Row>, 'totalCount'>;

/**
 * One page of a table, by keyset: one statement whose work does not grow with the rows before the page, given an
 * index on the conditions' columns, the order's column and the id.
 */
export function pageOf<Row>(
  db: RequestDatabase,
  source: PageSource<Row>,
  request: PageRequest,
  conditions: readonly Condition[],
): MaybePromise<Page<Row>> {
  const where = conditions.map((c) => c.sql);
  const text = (columns: string) => selectPage(source, columns, request, where);
  const name = `${source.name}.page ${shapeOf(request)} ${where.join(' AND ')}`;
  const reads = () => readsOf(source, conditions, [request.order.column]);
  const read = prepared<Row>(source, name, text, reads, visibleOfPage, rowsOfPageMax);
  const params = [...conditions.flatMap((c) => c.params), ...boundParams(request)];
  return chain(db.read.all(read, params), (rows) => pageFrom(rows, request));
}

/**
 * One page for each of several parents, all in one statement: each parent's rows are taken from the index up to the
 * page's size, whatever number it has.
 */
export function pagesOf<Row>(
  db: RequestDatabase,
  source: PageSource<Row>,
  request: PageRequest,
  scope: Scope,
  parentIds: readonly string[],
  conditions: readonly Condition[] = [],
): MaybePromise<Page<Row>[]> {
  const [parentId] = parentIds;
  if (parentId !== undefined && parentIds.length === 1) {
    // alone, a parent needs no list of parents
    const alone = { ...scope, sql: scope.sql.replaceAll('p.value', '?'), params: [parentId] };
    return chain(pageOf(db, source, request, [alone, ...conditions]), (page) => [page]);
  }
  const where = [scope.sql, ...conditions.map((c) => c.sql)];
  const text = (columns: string, d: Dialect) =>
    selectPages(d, source, `p.ordinal AS "parentIndex", ${columns}`, request, where);
  const name = `${source.name}.pages ${shapeOf(request)} ${where.join(' AND ')}`;
  const scoped = { ...scope, params: [parentIds] };
  const reads = () => readsOf(source, [scoped, ...conditions], [request.order.column]);
  const read = prepared<Row & { parentIndex: number }>(
    source,
    name,
    text,
    reads,
    visibleOfPages,
    rowsOfPagesMax,
  );
  const params = [parentIds, ...conditions.flatMap((c) => c.params), ...boundParams(request)];
  return chain(db.read.all(read, params), (rows) => {
    const groups: Row[][] = parentIds.map(() => []);
    for (const row of rows) groups[row.parentIndex]?.push(row);
    return groups.map((group) => pageFrom(group, request));
  });
}

/** How many listed rows of a table meet the conditions. */
export function countOf<Row>(
  db: RequestDatabase,
  source: PageSource<Row>,
  conditions: readonly Condition[],
): MaybePromise<number> {
  const where = [...conditions.map((c) => c.sql), source.listed].join(' AND ');
  const text = () => `SELECT count(*) AS "count" FROM ${source.table} t WHERE ${where}`;
  const reads = () => readsOf(source, conditions, []);
  const read = prepared<{ count: number }>(null, `${source.name}.count ${where}`, text, reads);
  const params = conditions.flatMap((c) => c.params);
  return chain(db.read.all(read, params), ([row]) => row?.count ?? 0);
}

/** How many listed rows each of several parents has, in one statement. */
export function countsOf<Row>(
  db: RequestDatabase,
  source: PageSource<Row>,
  scope: Scope,
  parentIds: readonly string[],
  conditions: readonly Condition[] = [],
): MaybePromise<number[]> {
  const where = [scope.sql, ...conditions.map((c) => c.sql), source.listed].join(' AND ');
  const count = `(SELECT count(*) FROM ${source.table} t WHERE ${where})`;
  const text = (_: string, d: Dialect) =>
    `SELECT ${count} AS "count" FROM ${d.eachOf('p')} ORDER BY p.ordinal`;
  // in this statement the parameters of the conditions stand before the parents
  const scoped = { ...scope, params: [parentIds] };
  const reads = () => readsOf(source, [...conditions, scoped], []);
  const read = prepared<{ count: number }>(null, `${source.name}.counts ${where}`, text, reads);
  const params = [...conditions.flatMap((c) => c.params), parentIds];
  return chain(db.read.all(read, params), (rows) => rows.map((row) => row.count));
}

/** Front ends use far fewer. The limit bounds memory against clients that try every combination. */
const STATEMENTS_MAX = 1000;
const statements = new LRUCache<string, Statement<unknown>>({ max: STATEMENTS_MAX });

/** Returns the cached statement of this name, or makes it. Statements differ by order, direction, bounds and filters. */
function prepared<Row>(
  source: Columns | null,
  name: string,
  text: (columns: string, dialect: Dialect) => string,
  reads: () => readonly Reads[],
  visible?: Statement<Row>['visible'],
  rowsMax: LongTexts['rowsMax'] = () => 1,
): Statement<Row> {
  const known = statements.get(name);
  if (known) return known as Statement<Row>;
  const columns = source ? selectList(source, 't') : '';
  const whole = statement<Row>(name, (d) => text(columns, d), ...reads());
  const made = { ...(source ? omitting(source, whole, text, rowsMax) : whole), ...(visible && { visible }) };
  statements.set(name, made);
  return made;
}

/** What a list depends on: what decides which rows are in it, in which order. */
function readsOf<Row>(
  { table, listedBy }: PageSource<Row>,
  conditions: readonly Condition[],
  order: readonly string[],
): Reads[] {
  const by: (string | null)[] = [];
  const columns = [...(listedBy.columns ?? [])];
  const others = [...(listedBy.reads ?? [])];
  for (const condition of conditions) {
    const before = by.map(() => null);
    for (const reads of condition.reads ?? [])
      others.push({ ...reads, by: [...before, ...(reads.by ?? [])] });
    columns.push(...(condition.columns ?? []));
    by.push(...condition.params.map((_, place) => (place === 0 && condition.by) || null));
  }
  return [{ table, by, columns: [...new Set([...columns, ...order])] }, ...others];
}

/** In the order of the `?` of `selectPage`; one row more than the page tells whether there is a next one. */
function boundParams(request: PageRequest): Param[] {
  const { order, after, before, size } = request;
  return [...positionParams(order, after), ...positionParams(order, before), size + 1];
}

const rowsOfPageMax: LongTexts['rowsMax'] = (params) => Number(params.at(-1));
const rowsOfPagesMax: LongTexts['rowsMax'] = (params) =>
  (params[0] as readonly string[]).length * Number(params.at(-1));

const sizeOf = (params: readonly Param[]) => Number(params.at(-1)) - 1;

/** Without the row that only tells whether there is a next page. */
const visibleOfPage: Statement<unknown>['visible'] = (rows, params) => rows.slice(0, sizeOf(params));

/** The same of each parent's rows, which stand together. */
const visibleOfPages: Statement<unknown>['visible'] = (rows, params) => {
  const size = sizeOf(params);
  const parentOf = (row: unknown) => (row as { parentIndex: number } | undefined)?.parentIndex;
  return rows.filter((row, i) => parentOf(rows[i - size]) !== parentOf(row));
};

/** The page of a parent that is known to have no rows. */
export function emptyPage<Row>(request: PageRequest): Page<Row> {
  return pageFrom([], request);
}

function positionParams(order: SortOrder, position: CursorPosition | null): Param[] {
  if (!position) return [];
  return [order.kind === 'time' ? new Date(position.key) : position.key, position.id];
}

/** A page from what its statement found: its rows in the order of the list, without the one beyond its size. */
function pageFrom<Row>(found: readonly Row[], request: PageRequest): Page<Row> {
  const isMore = found.length > request.size;
  let rows = isMore ? found.slice(0, request.size) : found;
  if (request.fromEnd) rows = rows.toReversed();
  return {
    rows,
    order: request.order,
    hasNextPage: request.fromEnd ? request.before !== null : isMore,
    hasPreviousPage: request.fromEnd ? isMore : request.after !== null,
  };
}
