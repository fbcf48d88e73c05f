// Matches in the order of their times. An engine reads them by number, which follows the time, but of texts of one moment
// the one that was indexed later has the later number: it can be beyond that of a text that was written after it.
import { chain, type MaybePromise } from '../../graphql/execution/index.ts';
import type { Candidate } from './candidate-statements.ts';
import { numberAt } from './entries.ts';

/** A time, and the id of a text among those of it. */
export interface TimeKey {
  readonly createdAt: number;
  readonly id: string;
}

/** A position among matches in the order of time: the matches beyond the number `n` follow it, with exceptions. */
export interface TimePosition {
  readonly n: number;
  /** Of the matches up to the number `to`, only those whose key is beyond this one follow. Null: all of them. */
  readonly key: TimeKey | null;
  readonly to: number | null;
}

/** A match, and the position after it. */
export interface PositionedRow {
  readonly row: Candidate;
  readonly position: TimePosition;
}

export interface TimePage {
  readonly rows: readonly PositionedRow[];
  /** Where the next page begins. Null: there is none. */
  readonly end: TimePosition | null;
}

/** Some matches in the order of their numbers. */
export interface Merged {
  readonly rows: readonly Candidate[];
  /** Where the next page begins: beyond this number. Null: there is none. */
  readonly end: number | null;
  /** No match after `rows` has a number before this one. Null: there is none. */
  readonly next: number | null;
}

/** How matches are read. */
export interface TimeReader {
  readonly ascending: boolean;
  /** The next matches beyond a number, up to another one if that is not null. */
  read(beyond: number | null, to: number | null, size: number): MaybePromise<Merged>;
  /** Whether a number is that of a text. */
  isTaken(n: number): MaybePromise<boolean>;
}

/** How many more matches are read, and sorted with those of a page, if there may be earlier ones among them. */
const GROUP_MAX = 200;
/** How many times a group is read to have all of it. A forged cursor can say that it is the whole index. */
const READINGS_MAX = 3;

/** The order of times: negative if one text is older. */
export function compareTimes(one: TimeKey, other: TimeKey): number {
  return one.createdAt - other.createdAt || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);
}

/** The next matches in the order of time. */
export function readByTime(
  reader: TimeReader,
  size: number,
  after: TimePosition | null,
): MaybePromise<TimePage> {
  if (after === null) return readNext(reader, size, null);
  const { n, key, to } = after;
  return key === null || to === null ? readNext(reader, size, n) : readRest(reader, size, { n, key, to });
}

/** The rest of a group, and what follows it. */
async function readRest(
  reader: TimeReader,
  size: number,
  { n, key, to }: { readonly n: number; readonly key: TimeKey; readonly to: number },
): Promise<TimePage> {
  const known: Candidate[] = [];
  let end: number | null = n;
  for (let readings = 0; end !== null && end !== to && readings < READINGS_MAX; readings++) {
    const found: Merged = await reader.read(end, to, GROUP_MAX);
    known.push(...found.rows);
    end = found.end;
  }
  const sign = reader.ascending ? 1 : -1;
  const rest = sorted(known, sign).filter((row) => sign * compareTimes(row, key) > 0);
  const placed = rest.slice(0, size).map((row) => ({ row, position: { n, key: keyOf(row), to } }));
  if (rest.length > size) return { rows: placed, end: placed.at(-1)?.position ?? null };
  const beyond = end ?? to;
  const following = await readNext(reader, Math.max(1, size - rest.length), beyond);
  if (rest.length < size) return { ...following, rows: [...placed, ...following.rows] };
  const isMore = following.rows.length > 0 || following.end !== null;
  return { rows: placed, end: isMore ? { n: beyond, key: null, to: null } : null };
}

function readNext(reader: TimeReader, size: number, beyond: number | null): MaybePromise<TimePage> {
  return chain(reader.read(beyond, null, size), (found) => {
    const { rows, end } = found;
    const last = rows.at(-1);
    if (!last || end === null || rows.length < size) return pageOf(reader, size, beyond, found);
    return chain(isSettled(reader, found), (isWhole) =>
      isWhole
        ? pageOf(reader, size, beyond, { ...found, end: last.n })
        : readGroup(reader, size, beyond, found),
    );
  });
}

/** Whether no other match comes before any of these. */
function isSettled({ ascending, isTaken }: TimeReader, { rows, next }: Merged): MaybePromise<boolean> {
  // a text has the first number that is free from its time on
  if (ascending) return chain(isTaken((rows.at(-1)?.n ?? 0) + 1), (is) => !is);
  return next === null || rows.every(({ createdAt }) => numberAt(createdAt) > next);
}

/** A page whose matches are sorted with those that follow: up to where all of them are before all others, if that is near. */
async function readGroup(
  reader: TimeReader,
  size: number,
  beyond: number | null,
  first: Merged,
): Promise<TimePage> {
  const more = await reader.read(first.rows.at(-1)?.n ?? null, null, GROUP_MAX);
  const rows = [...first.rows, ...more.rows];
  const sign = reader.ascending ? 1 : -1;
  const inOrder = sorted(rows, sign);
  let latest = rows[0] as Candidate;
  for (const [i, row] of rows.entries()) {
    if (sign * compareTimes(row, latest) > 0) latest = row;
    // whether these are the first of all in both orders, and something is known of those that follow
    const isFirst = i >= size - 1 && i < rows.length - 1 && latest === inOrder[i];
    if (isFirst && (reader.ascending || more.next === null || numberAt(latest.createdAt) > more.next))
      return pageOf(reader, size, beyond, { rows: rows.slice(0, i + 1), end: row.n, next: null });
  }
  return pageOf(reader, size, beyond, { ...more, rows });
}

/** The first of some matches, all of which come before those beyond `end`. */
function pageOf(
  { ascending }: TimeReader,
  size: number,
  beyond: number | null,
  { rows, end }: Merged,
): TimePage {
  const inOrder = sorted(rows, ascending ? 1 : -1);
  const isByNumber = inOrder.every((row, i) => row === rows[i]);
  const n = beyond ?? (ascending ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER);
  const to = end ?? rows.at(-1)?.n ?? n;
  const placed = inOrder.slice(0, size).map(
    (row): PositionedRow => ({
      row,
      position: isByNumber ? { n: row.n, key: null, to: null } : { n, key: keyOf(row), to },
    }),
  );
  const last = placed.at(-1);
  if (last && inOrder.length > size) return { rows: placed, end: last.position };
  return { rows: placed, end: end === null ? null : { n: end, key: null, to: null } };
}

const sorted = (rows: readonly Candidate[], sign: 1 | -1) =>
  rows.toSorted((a, b) => sign * compareTimes(a, b));
const keyOf = ({ createdAt, id }: Candidate): TimeKey => ({ createdAt, id });
