// Windows of the index, which a search of several words reads one after the other. To find the next text with all words,
// an engine reads all entries of each word before it, however many there are. A window bounds how many it reads.
import { type RequestDatabase, statement } from '../../store/index.ts';

/** The numbers among which matches are looked for, without the bounds. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** How far is read for one page. */
export interface Windows {
  readonly count: number;
  /** The texts of each window, discussions and comments together. */
  readonly texts: number;
}

/** A part of the index. */
export interface Window {
  readonly bounds: Bounds;
  /** FTS5's terms of all texts in it, and of few others. Empty: it reaches to the end of the index. */
  readonly terms: readonly string[];
  /** The last number of the window in the direction of reading. Null: nothing is left beyond it. */
  readonly end: number | null;
}

/**
 * Texts of neighbouring numbers have a term in common on each level. FTS5 stops at the last entry of a term, but not at a
 * bound of numbers, which it compares only with matches. 2^22 numbers are 19 hours, 2^26 are 12 days, 2^30 half a year.
 */
const LEVELS = [
  { sign: '__a', size: 2 ** 22 },
  { sign: '__b', size: 2 ** 26 },
  { sign: '__c', size: 2 ** 30 },
] as const;
/** More terms than this cost more than the texts that a coarser level has in addition. */
const TERMS_MAX = 48;

/** The terms by which FTS5 finds the texts of neighbouring numbers. */
export function windowTermsOf(n: number): string[] {
  return LEVELS.map(({ sign, size }) => sign + Math.floor(n / size).toString(36));
}

/** The terms of all texts with numbers from one to another. */
function termsBetween(low: number, high: number): string[] {
  const counts = LEVELS.map(({ size }) => Math.floor(high / size) - Math.floor(low / size) + 1);
  const level = counts.findIndex((count) => count <= TERMS_MAX);
  const [at, { sign, size }] =
    level < 0 ? [LEVELS.length - 1, LEVELS[2]] : [level, LEVELS[level] ?? LEVELS[2]];
  const first = Math.floor(low / size);
  return Array.from({ length: counts[at] ?? 0 }, (_, i) => sign + (first + i).toString(36));
}

interface Ends {
  readonly first: number | null;
  readonly last: number | null;
}

const endsOf = (name: string, beyond: string, order: string) => {
  const from = `FROM search_entry e WHERE e.n ${beyond} CAST(? AS BIGINT) ORDER BY e.n ${order}`;
  return statement<Ends>(
    name,
    `SELECT (SELECT e.n ${from} LIMIT 1) AS "first", (SELECT e.n ${from} LIMIT 1 OFFSET ?) AS "last"`,
    { table: 'search_entry' },
  );
};
const ENDS = {
  ascending: endsOf('search.windowUp', '>', 'ASC'),
  descending: endsOf('search.windowDown', '<', 'DESC'),
};

/** The next window within some bounds, of a number of texts. */
export async function nextWindow(
  { read }: RequestDatabase,
  { low, high }: Bounds,
  texts: number,
  ascending: boolean,
): Promise<Window> {
  const from = ascending ? low : high;
  const [ends] = await read.all(ascending ? ENDS.ascending : ENDS.descending, [from, from, texts - 1]);
  const { first = null, last = null } = ends ?? {};
  if (first === null || last === null) return { bounds: { low, high }, terms: [], end: null };
  if (ascending) {
    const end = last < high - 1 ? last : null;
    const bounds = { low, high: end === null ? high : last + 1 };
    return { bounds, terms: termsBetween(first, Math.min(last, high)), end };
  }
  const end = last > low + 1 ? last : null;
  const bounds = { low: end === null ? low : last - 1, high };
  return { bounds, terms: termsBetween(Math.max(last, low), first), end };
}
