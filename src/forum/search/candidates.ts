// The statements of a search: the newest or oldest matches, which an engine reads from the end of its index.
import {
  type Dialect,
  type Param,
  type RequestDatabase,
  type Statement,
  statement,
} from '../../store/index.ts';
import type { FilterCondition } from './search-filters.ts';

export type Kind = 'discussion' | 'comment';
export const KINDS: readonly Kind[] = ['discussion', 'comment'];

/** A match, with what results are counted by. */
export interface Candidate {
  readonly n: number;
  readonly id: string;
  readonly discussionId: string;
  readonly categoryId: string | null;
  readonly productId: string | null;
}

/** Some of the matches, in the order of their numbers. */
export interface Found {
  readonly rows: readonly Candidate[];
  /** Matches beyond this number have not been looked at. Null: there are none. */
  readonly end: number | null;
}

/** The numbers among which matches are looked for, without the bounds. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

export interface CandidateRequest {
  readonly kind: Kind;
  /** See match.ts. */
  readonly match: string;
  readonly conditions: readonly FilterCondition[];
  readonly ascending: boolean;
  readonly bounds: Bounds;
  readonly limit: number;
}

/**
 * How many matches of the words are looked at to find those that meet the qualifiers. Without a maximum, a rare qualifier
 * with a common word would take as long as the forum is large.
 */
const EXAMINED_MAX = 5_000;
/** How many more matches than needed are looked at without qualifiers, because deleted texts stay in the index. */
const DELETED_MAX = 64;

const examinedBy = ({ conditions, limit }: CandidateRequest) =>
  conditions.length > 0 ? EXAMINED_MAX : limit + DELETED_MAX;

const COLUMNS = `e.n AS "n", x.id AS "id", d.id AS "discussionId", d.category_id AS "categoryId", d.product_id AS "productId"`;
const TABLES: Readonly<Record<Kind, string>> = {
  discussion: 'search_discussion_text',
  comment: 'search_comment_text',
};
const ROWS: Readonly<Record<Kind, string>> = {
  discussion: `CROSS JOIN discussion x ON x.id = e.row_id CROSS JOIN discussion d ON d.id = x.id`,
  comment: `CROSS JOIN comment x ON x.id = e.row_id CROSS JOIN discussion d ON d.id = x.discussion_id`,
};

/** The matches' numbers, in order. FTS5 uses a bound only if it is an integer, and drivers send large ones as floats. */
function numbersOf(d: Dialect, kind: Kind, ascending: boolean): string {
  const table = TABLES[kind];
  const [n, matches] =
    d.engine === 'sqlite' ? ['f.rowid', `f.${table} MATCH ?`] : ['f.n', 'f.terms @@ ?::tsquery'];
  const bounds = `${n} > CAST(? AS BIGINT) AND ${n} < CAST(? AS BIGINT)`;
  return `SELECT ${n} AS n FROM ${table} f WHERE ${matches} AND ${bounds} ORDER BY ${n} ${ascending ? 'ASC' : 'DESC'} LIMIT ?`;
}

function textOf(d: Dialect, request: CandidateRequest): string {
  const { kind, ascending, conditions } = request;
  const visible =
    kind === 'comment' ? 'x.deleted_at IS NULL AND d.deleted_at IS NULL' : 'x.deleted_at IS NULL';
  const filters = conditions.map(({ sql }) => ` AND ${sql(d)}`).join('');
  const rows = d.engine === 'sqlite' ? ROWS[kind] : ROWS[kind].replaceAll('CROSS JOIN', 'JOIN');
  const join = d.engine === 'sqlite' ? 'CROSS JOIN' : 'JOIN';
  const order = `ORDER BY e.n ${ascending ? 'ASC' : 'DESC'} LIMIT ?`;
  const examined = numbersOf(d, kind, ascending);
  return `SELECT ${COLUMNS} FROM (${examined}) m ${join} search_entry e ON e.n = m.n ${rows} WHERE ${visible}${filters} ${order}`;
}

const statements = new Map<string, Statement<unknown>>();
/** Combinations of qualifiers: thousands could be asked for, few ever are. */
const STATEMENTS_MAX = 500;

function prepared<Row>(name: string, make: () => Statement<Row>): Statement<Row> {
  const known = statements.get(name);
  if (known) return known as Statement<Row>;
  if (statements.size >= STATEMENTS_MAX) statements.clear();
  const made = make();
  statements.set(name, made);
  return made;
}

function candidates(request: CandidateRequest): Statement<Candidate> {
  const { kind, ascending, conditions } = request;
  const shape = conditions.map(({ sql }) => sql(SHAPE)).join(' ');
  const name = `search.${kind} ${ascending} ${shape}`;
  return prepared(name, () => ({
    ...statement<Candidate>(name, (d) => textOf(d, request), ...readsOf(kind, shape)),
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

interface Examined {
  readonly count: number;
  readonly end: number | null;
}

/** It declares no reads, because the text indexes are in no declaration: answers to searches are not cached. */
function examined(request: CandidateRequest): Statement<Examined> {
  const { kind, ascending } = request;
  const name = `search.examined ${kind} ${ascending}`;
  const numbers = (d: Dialect) => numbersOf(d, kind, ascending);
  return prepared(name, () =>
    statement<Examined>(
      name,
      (d) => `SELECT count(*) AS "count", ${ascending ? 'max' : 'min'}(m.n) AS "end" FROM (${numbers(d)}) m`,
    ),
  );
}

/** Finds matches that anyone may see, and where reading has ended. */
export async function findCandidates({ read }: RequestDatabase, request: CandidateRequest): Promise<Found> {
  const { match, bounds, limit, conditions } = request;
  const { low, high } = bounds;
  const params: Param[] = [match, low, high, examinedBy(request)];
  const filters = conditions.flatMap((one) => one.params);
  const rows = await read.all(candidates(request), [...params, ...filters, limit]);
  const last = rows.at(-1);
  if (last && rows.length === limit) return { rows, end: last.n };
  const [reading] = await read.all(examined(request), params);
  return { rows, end: reading && reading.count === examinedBy(request) ? reading.end : null };
}
