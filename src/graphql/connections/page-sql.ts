// The SQL of pages: see page.ts.
import type { Dialect } from '../../store/index.ts';
import type { PageRequest } from './page-args.ts';

/** A table, and the condition under which a row `t` of it stands in lists. */
interface Listed {
  readonly table: string;
  readonly listed: string;
}

/** What makes the statements of two requests differ. */
export function shapeOf({ order, fromEnd, after, before }: PageRequest): string {
  return `${order.name}${order.isSorted ? ' sorted' : ''}${fromEnd ? ' from end' : ''}${after ? ' after' : ''}${before ? ' before' : ''}`;
}

/** A page's SELECT of these columns. */
export function selectPage(
  source: Listed,
  columns: string,
  request: PageRequest,
  where: readonly string[],
): string {
  const conditions = [...where, ...boundConditions(request), source.listed].join(' AND ');
  const select = (selected: string) =>
    `SELECT ${selected} FROM ${source.table} t WHERE ${conditions} ORDER BY ${sorting(request)} LIMIT ?`;
  if (!request.order.isSorted) return select(columns);
  // ids are sorted instead of rows with long texts
  return `SELECT ${columns} FROM ${source.table} t WHERE t.id IN (${select('t.id')}) ORDER BY ${sorting(request)}`;
}

/** The same for each row `p` of several parents. */
export function selectPages(
  d: Dialect,
  source: Listed,
  columns: string,
  request: PageRequest,
  where: readonly string[],
): string {
  const one = (columns: string) => selectPage(source, columns, request, where);
  const joined =
    d.engine === 'sqlite'
      ? `CROSS JOIN ${source.table} t ON t.rowid IN (${one('t.rowid')})`
      : `CROSS JOIN LATERAL (${one('t.*')}) t`;
  return `SELECT ${columns} FROM ${d.eachOf('p')} ${joined} ORDER BY p.ordinal, ${sorting(request)}`;
}

/** `last` reads the same index from its other end; `pageFrom` reverses the rows. */
function isAscending({ order, fromEnd }: PageRequest): boolean {
  return order.ascending !== fromEnd;
}

function sorting(request: PageRequest): string {
  const direction = isAscending(request) ? 'ASC' : 'DESC';
  return `${keyOf(request.order)} ${direction}, t.id ${direction}`;
}

/** A sort key that neither engine looks for in an index, if the rows are to be found by the conditions alone. */
function keyOf({ column, isSorted }: PageRequest['order']): string {
  return `${isSorted ? '+' : ''}t.${column}`;
}

/** Row values, because both engines turn them into one range of the index. */
function boundConditions({ order, after, before }: PageRequest): string[] {
  const beyond = (isFurther: boolean) =>
    `(${keyOf(order)}, t.id) ${order.ascending === isFurther ? '>' : '<'} (?, ?)`;
  return [...(after ? [beyond(true)] : []), ...(before ? [beyond(false)] : [])];
}
