// The statements of a search: the newest or oldest matches, which an engine reads from the end of its index.
import {
  type Dialect,
  type Param,
  type RequestDatabase,
  type Statement,
  statement,
} from '../../store/index.ts';
import { runInTurns } from '../../text/short-work.ts';
import { withinTerms } from './match.ts';
import type { FilterCondition } from './search-filters.ts';
import { type Bounds, nextWindow, type Windows } from './windows.ts';

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

export interface CandidateRequest {
  readonly kind: Kind;
  /** See match.ts. */
  readonly match: string;
  readonly conditions: readonly FilterCondition[];
  readonly ascending: boolean;
  readonly bounds: Bounds;
  readonly limit: number;
  /** How far is read, if the engine may read much more than matches. Null: until there are enough matches. */
  readonly windows: Windows | null;
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

const COLUMNS = `m.n AS "n", x.id AS "id", d.id AS "discussionId", d.category_id AS "categoryId", d.product_id AS "productId"`;
const TABLES: Readonly<Record<Kind, string>> = {
  discussion: 'search_discussion_text',
  comment: 'search_comment_text',
};
const ROWS: Readonly<Record<Kind, string>> = {
  discussion: `CROSS JOIN discussion x ON x.id = e.row_id CROSS JOIN discussion d ON d.id = x.id`,
  comment: `CROSS JOIN comment x ON x.id = e.row_id CROSS JOIN discussion d ON d.id = x.discussion_id`,
};

const VISIBLE: Readonly<Record<Kind, string>> = {
  discussion: 'x.deleted_at IS NULL',
  comment: 'x.deleted_at IS NULL AND d.deleted_at IS NULL',
};

/** A match that was examined. With qualifiers, only those that meet them. */
interface ExaminedRow extends Candidate {
  readonly isVisible: number;
}

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
  const numbers = numbersOf(d, kind, ascending);
  const order = `ORDER BY m.n ${ascending ? 'ASC' : 'DESC'}`;
  if (conditions.length === 0) {
    const rows = ROWS[kind].replaceAll('CROSS JOIN', 'LEFT JOIN');
    return `SELECT ${COLUMNS}, CASE WHEN x.id IS NOT NULL AND ${VISIBLE[kind]} THEN 1 ELSE 0 END AS "isVisible" FROM (${numbers}) m LEFT JOIN search_entry e ON e.n = m.n ${rows} ${order}`;
  }
  const filters = conditions.map(({ sql }) => ` AND ${sql(d)}`).join('');
  const rows = d.engine === 'sqlite' ? ROWS[kind] : ROWS[kind].replaceAll('CROSS JOIN', 'JOIN');
  const join = d.engine === 'sqlite' ? 'CROSS JOIN' : 'JOIN';
  return `SELECT ${COLUMNS}, 1 AS "isVisible" FROM (${numbers}) m ${join} search_entry e ON e.n = m.n ${rows} WHERE ${VISIBLE[kind]}${filters} ${order} LIMIT ?`;
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

function candidates(request: CandidateRequest): Statement<ExaminedRow> {
  const { kind, ascending, conditions } = request;
  const shape = conditions.map(({ sql }) => sql(SHAPE)).join(' ');
  const name = `search.${kind} ${ascending} ${shape}`;
  return prepared(name, () => ({
    ...statement<ExaminedRow>(name, (d) => textOf(d, request), ...readsOf(kind, shape)),
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
function examined({ kind, ascending }: Pick<CandidateRequest, 'kind' | 'ascending'>): Statement<Examined> {
  const name = `search.examined ${kind} ${ascending}`;
  const numbers = (d: Dialect) => numbersOf(d, kind, ascending);
  return prepared(name, () =>
    statement<Examined>(
      name,
      (d) => `SELECT count(*) AS "count", ${ascending ? 'max' : 'min'}(m.n) AS "end" FROM (${numbers(d)}) m`,
    ),
  );
}

/** Whether there are at most some texts of a kind that match. */
export async function isRare(
  { read }: RequestDatabase,
  kind: Kind,
  match: string,
  max: number,
): Promise<boolean> {
  const all = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  const [counted] = await read.all(examined({ kind, ascending: false }), [match, ...all, max + 1]);
  return (counted?.count ?? 0) <= max;
}

/** Finds matches that anyone may see, and where reading has ended. */
export async function findCandidates(db: RequestDatabase, request: CandidateRequest): Promise<Found> {
  const { windows, limit, ascending, match } = request;
  if (windows === null) return readCandidates(db, request);
  const rows: Candidate[] = [];
  let { bounds } = request;
  for (let left = windows.count; ; left--) {
    const window = await nextWindow(db, bounds, windows.texts, ascending);
    const within = {
      ...{ ...request, bounds: window.bounds, limit: limit - rows.length },
      match: withinTerms(db.engine, match, window.terms),
    };
    const found = await runInTurns(() => readCandidates(db, within));
    rows.push(...found.rows);
    if (found.end !== null || window.end === null) return { rows, end: found.end };
    if (left <= 1) return { rows, end: window.end };
    bounds = ascending ? { ...bounds, low: window.end } : { ...bounds, high: window.end };
  }
}

async function readCandidates({ read }: RequestDatabase, request: CandidateRequest): Promise<Found> {
  const { match, bounds, limit, conditions } = request;
  const max = examinedBy(request);
  const params: Param[] = [match, bounds.low, bounds.high, max];
  const filters = conditions.flatMap((one) => one.params);
  const isFiltered = conditions.length > 0;
  const looked = await read.all(candidates(request), isFiltered ? [...params, ...filters, limit] : params);
  const rows = looked.filter(({ isVisible }) => isVisible === 1).slice(0, limit);
  const last = rows.at(-1);
  if (last && rows.length === limit) return { rows, end: last.n };
  if (!isFiltered) return { rows, end: looked.length === max ? (looked.at(-1)?.n ?? null) : null };
  const [reading] = await read.all(examined(request), params);
  return { rows, end: reading && reading.count === max ? reading.end : null };
}
