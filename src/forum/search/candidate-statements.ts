// The statements of a search: the newest or oldest matches, which an engine reads from the end of its index.
import { type Dialect, type Statement, statement } from '../../store/index.ts';
import type { FilterCondition } from './search-filters.ts';

export type Kind = 'discussion' | 'comment';
export const KINDS: readonly Kind[] = ['discussion', 'comment'];

/** A match. */
export interface Candidate {
  readonly n: number;
  readonly id: string;
  readonly discussionId: string;
  readonly createdAt: number;
}

/** What is read of each match beside its ids: columns of the discussion or comment, `x`, and of a comment's discussion, `d`. */
export interface MatchColumns<Row extends Candidate> {
  readonly name: string;
  readonly of: Readonly<Record<Kind, string>>;
  /** Never set: carries the row's type. */
  readonly row?: Row;
}

export const IDS_ALONE: MatchColumns<Candidate> = { name: 'ids', of: { discussion: '', comment: '' } };

/** What a statement that finds matches is made for. */
export interface Shape<Row extends Candidate> {
  readonly kind: Kind;
  readonly columns: MatchColumns<Row>;
  readonly conditions: readonly FilterCondition[];
  readonly ascending: boolean;
}

const COLUMNS: Readonly<Record<Kind, string>> = {
  discussion: 'm.n AS "n", x.id AS "id", x.id AS "discussionId", x.created_at AS "createdAt"',
  comment: 'm.n AS "n", x.id AS "id", x.discussion_id AS "discussionId", x.created_at AS "createdAt"',
};
const TABLES: Readonly<Record<Kind, string>> = {
  discussion: 'search_discussion_text',
  comment: 'search_comment_text',
};
const ROWS: Readonly<Record<Kind, string>> = {
  discussion: 'JOIN discussion x ON x.id = e.row_id',
  comment: 'JOIN comment x ON x.id = e.row_id JOIN discussion d ON d.id = x.discussion_id',
};
/** What conditions call the discussion. */
const ITSELF = ' JOIN discussion d ON d.id = x.id';

const VISIBLE: Readonly<Record<Kind, string>> = {
  discussion: 'x.deleted_at IS NULL',
  comment: 'x.deleted_at IS NULL AND d.deleted_at IS NULL',
};

/** A match that was examined. With qualifiers, only those that meet them. */
export type Examined<Row> = Row & { readonly isVisible: number };

/** The matches' numbers, in order. FTS5 uses a bound only if it is an integer, and drivers send large ones as floats. */
function numbersOf(d: Dialect, kind: Kind, ascending: boolean): string {
  const table = TABLES[kind];
  const [n, matches] =
    d.engine === 'sqlite' ? ['f.rowid', `f.${table} MATCH ?`] : ['f.n', 'f.terms @@ ?::tsquery'];
  const bounds = `${n} > CAST(? AS BIGINT) AND ${n} < CAST(? AS BIGINT)`;
  return `SELECT ${n} AS n FROM ${table} f WHERE ${matches} AND ${bounds} ORDER BY ${n} ${ascending ? 'ASC' : 'DESC'} LIMIT ?`;
}

function textOf(d: Dialect, request: Shape<Candidate>): string {
  const { kind, ascending, conditions, columns } = request;
  const selected = COLUMNS[kind] + columns.of[kind];
  const numbers = numbersOf(d, kind, ascending);
  const order = `ORDER BY m.n ${ascending ? 'ASC' : 'DESC'}`;
  if (conditions.length === 0) {
    const rows = ROWS[kind].replaceAll('JOIN', 'LEFT JOIN');
    return `SELECT ${selected}, CASE WHEN x.id IS NOT NULL AND ${VISIBLE[kind]} THEN 1 ELSE 0 END AS "isVisible" FROM (${numbers}) m LEFT JOIN search_entry e ON e.n = m.n ${rows} ${order}`;
  }
  const filters = conditions.map(({ sql }) => ` AND ${sql(d)}`).join('');
  const all = `JOIN search_entry e ON e.n = m.n ${ROWS[kind]}${kind === 'discussion' ? ITSELF : ''}`;
  const rows = d.engine === 'sqlite' ? all.replaceAll('JOIN', 'CROSS JOIN') : all;
  return `SELECT ${selected}, 1 AS "isVisible" FROM (${numbers}) m ${rows} WHERE ${VISIBLE[kind]}${filters} ${order} LIMIT ?`;
}

const statements = new Map<string, Statement<unknown>>();
/** Statements differ by qualifiers. The limit bounds memory against clients that try every combination. */
const STATEMENTS_MAX = 500;

function prepared<Row>(name: string, make: () => Statement<Row>): Statement<Row> {
  const known = statements.get(name);
  if (known) return known as Statement<Row>;
  if (statements.size >= STATEMENTS_MAX) statements.clear();
  const made = make();
  statements.set(name, made);
  return made;
}

/** Reads matches: all in some bounds, or with qualifiers those that meet them. */
export function candidates<Row extends Candidate>(request: Shape<Row>): Statement<Examined<Row>> {
  const { kind, ascending, conditions, columns } = request;
  const shape = conditions.map(({ sql }) => sql(SHAPE)).join(' ');
  const name = `search.${kind} ${columns.name} ${ascending} ${shape}`;
  return prepared(name, () => ({
    ...statement<Examined<Row>>(name, (d) => textOf(d, request), ...readsOf(kind, shape)),
    isVaried: true,
  }));
}

/** Stands for either dialect where only the form of a condition counts. */
const SHAPE = { engine: 'sqlite', inList: (column: string) => `${column} IN ?` } as Dialect;

function readsOf(kind: Kind, shape: string) {
  const tables = ['search_entry', 'discussion', ...(kind === 'comment' ? ['comment'] : [])];
  if (shape.includes('discussion_tag')) tables.push('discussion_tag');
  if (shape.includes('FROM pin')) tables.push('pin');
  return tables.map((table) => ({ table }));
}

interface Count {
  readonly count: number;
  readonly end: number | null;
}

/** It declares no reads, because the text indexes are in no declaration: answers to searches are not cached. */
export function examined({
  kind,
  ascending,
}: Pick<Shape<Candidate>, 'kind' | 'ascending'>): Statement<Count> {
  const name = `search.examined ${kind} ${ascending}`;
  const numbers = (d: Dialect) => numbersOf(d, kind, ascending);
  return prepared(name, () =>
    statement<Count>(
      name,
      (d) => `SELECT count(*) AS "count", ${ascending ? 'max' : 'min'}(m.n) AS "end" FROM (${numbers(d)}) m`,
    ),
  );
}
