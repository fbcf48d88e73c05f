// Results in the order of relevance: a window of the newest matches is ranked, and older matches follow it.
import type { Context } from '../../access/context.ts';
import { chain, type MaybePromise } from '../../graphql/execution/index.ts';
import { type Candidate, KINDS, type Kind, type MatchColumns } from './candidate-statements.ts';
import { numberAt } from './entries.ts';
import type { Finder } from './occurrences.ts';
import { RANKED_TITLES_MAX, readOlder } from './older.ts';
import { type Rank, type RankedText, rankOf, raritiesOf } from './rank.ts';
import type { SearchPosition } from './search-cursor.ts';
import { readKinds, type Search } from './search-request.ts';
import { compareTimes, type PositionedRow, type TimePosition } from './time-order.ts';

/** The newest matches of each kind that are ranked. */
const RANKED_MAX = 200;
/** The start of a text that counts for its rank, in characters. */
const RANKED_CHARS_MAX = 2_000;
/** A text's length in words is estimated, because only its length in UTF-16 units is at hand. */
const UNITS_A_WORD = 6;
const DAY_NUMBERS = (24 * 60 * 60 * 1000) / 16;

/** A result and its rank. */
export interface RankedCandidate extends Candidate {
  /** Null: it is not among those that are ranked. */
  readonly rank: Rank | null;
  /** Its text. Null if it was not read, or not as a whole. */
  readonly text: string | null;
  /** The position after it. */
  readonly position: TimePosition;
}

/** A result that is not ranked. */
export function withoutRank({ row, position }: PositionedRow): RankedCandidate {
  return { ...row, position, rank: null, text: null };
}

export interface RankedPage {
  readonly rows: readonly RankedCandidate[];
  readonly newest: number;
  /** Where the next page begins. Null: there is none. */
  readonly end: SearchPosition | null;
}

/** A match with what its rank is computed from. */
interface TextRow extends Candidate {
  readonly title: string | null;
  readonly text: string;
}

const START = `substr(x.body_text, 1, ${RANKED_CHARS_MAX}) AS "text"`;
const STARTS: MatchColumns<TextRow> = {
  name: 'starts',
  of: { discussion: `, x.title AS "title", ${START}`, comment: `, NULL AS "title", ${START}` },
};

/** A page of results, the best first. */
export function readRanked(
  ctx: Context,
  search: Search,
  size: number,
  after: SearchPosition | null,
): MaybePromise<RankedPage> {
  return chain(
    readWindow(ctx, search, after?.newest ?? null),
    ({ rows, newest, ends }): MaybePromise<RankedPage> => {
      const ranked = rankAll(search.finder, rows, newest);
      const rest =
        after === null ? ranked : after.rank === null ? [] : ranked.filter((one) => isBehind(one, after));
      const shown = rest.slice(0, size).map(candidateOf);
      const last = shown.at(-1);
      if (last && rest.length > size)
        return { rows: shown, newest, end: { newest, rank: last.rank?.value ?? 0, ...last.position } };
      // the ranked ones are all shown: older ones follow
      const from = after?.rank === null ? after : null;
      return chain(readOlder(ctx, search, ends, from, size - shown.length, rows), (older) => ({
        rows: shown.concat(older.rows.map(withoutRank)),
        newest,
        end: older.end && { newest, rank: null, ...older.end },
      }));
    },
  );
}

interface Ranked {
  readonly row: TextRow;
  readonly rank: Rank;
}

const isBehind = ({ row, rank: { value } }: Ranked, after: SearchPosition) =>
  value < (after.rank ?? 0) ||
  (value === after.rank && after.key !== null && compareTimes(row, after.key) < 0);

function candidateOf({ row, rank }: Ranked): RankedCandidate {
  const { n, id, discussionId, createdAt, text } = row;
  const position = { n, to: null, key: { createdAt, id } };
  return {
    n,
    id,
    discussionId,
    createdAt,
    rank,
    text: text.length < RANKED_CHARS_MAX ? text : null,
    position,
  };
}

interface Window {
  readonly rows: readonly TextRow[];
  /** The number beyond which the matches of a kind are not in the window. Kinds that have no more are absent. */
  readonly ends: ReadonlyMap<Kind, number>;
  /** The number of the newest match. */
  readonly newest: number;
}

function readWindow(ctx: Context, search: Search, upTo: number | null): MaybePromise<Window> {
  const kinds = KINDS.filter((kind) => search.places.has(kind));
  const beyond = upTo === null ? null : upTo + 1;
  return chain(readKinds(ctx, search, { columns: STARTS, kinds, beyond, limit: RANKED_MAX }), (found) => {
    const newest = upTo ?? Math.max(0, ...found.map(({ rows, end }) => rows[0]?.n ?? end ?? 0));
    const ends = new Map<Kind, number>();
    for (const [i, { end }] of found.entries()) if (end !== null) ends.set(kinds[i] as Kind, end);
    // `flatMap` takes ten times as long
    const rows = ([] as TextRow[]).concat(...found.map((one) => one.rows));
    const hasTitles = search.places.get('discussion') === 'anywhere' && search.leaves.length > 0;
    if (!hasTitles || !ends.has('discussion')) return { rows, ends, newest };
    // titles that are not among the newest matches
    const titles = { columns: STARTS, beyond, limit: RANKED_TITLES_MAX, inTitle: true };
    return chain(readKinds(ctx, search, { ...titles, kinds: ['discussion'] }), ([titled]) => {
      const known = new Set(rows.map(({ id }) => id));
      // PostgreSQL's statements do not see the same moment
      const more = titled?.rows.filter(({ id, n }) => n <= newest && !known.has(id)) ?? [];
      return { rows: [...rows, ...more], ends, newest };
    });
  });
}

/** The best first; among equals the newest. */
function rankAll(finder: Finder, rows: readonly TextRow[], newest: number): Ranked[] {
  const texts = rows.map((row) => measure(finder, row, newest));
  const rarities = raritiesOf(texts, finder.size);
  return rows
    .map((row, i) => ({ row, rank: rankOf(texts[i] as RankedText, rarities) }))
    .sort((a, b) => b.rank.value - a.rank.value || compareTimes(b.row, a.row));
}

function measure(finder: Finder, { createdAt, title, text }: TextRow, newest: number): RankedText {
  return {
    ageDays: Math.max(0, newest - numberAt(createdAt)) / DAY_NUMBERS,
    inTitle: title ? finder.countsIn(title) : [],
    inBody: finder.countsIn(text),
    length: Math.round(((title?.length ?? 0) + text.length) / UNITS_A_WORD),
  };
}
