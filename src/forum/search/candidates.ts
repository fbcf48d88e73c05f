// How the matches of a search are read.
import { chain, type MaybePromise } from '../../graphql/execution/index.ts';
import type { Param, RequestDatabase } from '../../store/index.ts';
import { runInTurns } from '../../text/short-work.ts';
import {
  type Candidate,
  candidates,
  type Examined,
  examined,
  type Kind,
  type Shape,
} from './candidate-statements.ts';
import { withinTerms } from './match.ts';
import { type Bounds, nextWindow, type Windows } from './windows.ts';

/** Some of the matches, in the order of their numbers. */
export interface Found<Row extends Candidate = Candidate> {
  readonly rows: readonly Row[];
  /** Matches beyond this number have not been looked at. Null: there are none. */
  readonly end: number | null;
}

export interface CandidateRequest<Row extends Candidate = Candidate> extends Shape<Row> {
  /** See match.ts. */
  readonly match: string;
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
/**
 * How many more matches than needed are looked at without qualifiers, because deleted texts stay in the index: most often
 * at first, and at most.
 */
const DELETED_USUAL = 8;
const DELETED_MAX = 64;

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
export function findCandidates<Row extends Candidate>(
  db: RequestDatabase,
  request: CandidateRequest<Row>,
): MaybePromise<Found<Row>> {
  const { windows } = request;
  return windows === null ? readCandidates(db, request) : readWindows(db, request, windows);
}

async function readWindows<Row extends Candidate>(
  db: RequestDatabase,
  request: CandidateRequest<Row>,
  windows: Windows,
): Promise<Found<Row>> {
  const { limit, ascending, match } = request;
  const rows: Row[] = [];
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

function readCandidates<Row extends Candidate>(
  db: RequestDatabase,
  request: CandidateRequest<Row>,
): MaybePromise<Found<Row>> {
  return request.conditions.length > 0 ? readFiltered(db, request) : readVisible(db, request, [], 0);
}

/** Reads matches until there are enough that anyone may see, or too many that nobody may. */
function readVisible<Row extends Candidate>(
  db: RequestDatabase,
  request: CandidateRequest<Row>,
  known: readonly Row[],
  looked: number,
): MaybePromise<Found<Row>> {
  const { match, bounds, limit, ascending } = request;
  const max = limit + (looked === 0 ? DELETED_USUAL : DELETED_MAX - looked);
  const reading = db.read.all(candidates(request), [match, bounds.low, bounds.high, max]);
  return chain(reading as MaybePromise<Examined<Row>[]>, (examined) => {
    const rows = [...known];
    for (const row of examined) if (row.isVisible === 1 && rows.length < limit) rows.push(row);
    const last = rows.at(-1);
    if (last && rows.length === limit) return { rows, end: last.n };
    const end = examined.length === max ? (examined.at(-1)?.n ?? null) : null;
    if (end === null || looked > 0) return { rows, end };
    const beyond = ascending ? { ...bounds, low: end } : { ...bounds, high: end };
    return readVisible(db, { ...request, bounds: beyond }, rows, max);
  });
}

async function readFiltered<Row extends Candidate>(
  { read }: RequestDatabase,
  request: CandidateRequest<Row>,
): Promise<Found<Row>> {
  const { match, bounds, limit, conditions } = request;
  const params: Param[] = [match, bounds.low, bounds.high, EXAMINED_MAX];
  const filters = conditions.flatMap((one) => one.params);
  const rows = await read.all(candidates(request), [...params, ...filters, limit]);
  const last = rows.at(-1);
  if (last && rows.length === limit) return { rows, end: last.n };
  const [reading] = await read.all(examined(request), params);
  return { rows, end: reading && reading.count === EXAMINED_MAX ? reading.end : null };
}
