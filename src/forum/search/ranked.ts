// Results in the order of relevance: a window of the newest matches is ranked, and older matches follow it.
import type { Context } from '../../access/context.ts';
import { statement } from '../../store/index.ts';
import { type Candidate, type Found, KINDS, type Kind } from './candidates.ts';
import { Finder } from './occurrences.ts';
import { type Rank, type RankedText, rankOf, raritiesOf } from './rank.ts';
import type { SearchPosition } from './search-cursor.ts';
import { type Merged, merge, readKinds, type Search } from './search-request.ts';

/** The newest matches of each kind that are ranked, and the newest discussions with the words in the title. */
const RANKED_MAX = 200;
const RANKED_TITLES_MAX = 100;
/** The start of a text that counts for its rank, in characters. */
const RANKED_CHARS_MAX = 2_000;
/** A text's length in words is estimated, because only its length in UTF-16 units is at hand. */
const UNITS_A_WORD = 6;
const DAY_NUMBERS = (24 * 60 * 60 * 1000) / 16;

/** A result and its rank. Null: it is not among those that are ranked. */
export interface RankedCandidate extends Candidate {
  readonly rank: Rank | null;
}

export interface RankedPage {
  readonly rows: readonly RankedCandidate[];
  readonly newest: number;
  /** Where the next page begins. Null: there is none. */
  readonly end: SearchPosition | null;
}

interface TextRow {
  readonly id: string;
  readonly title: string | null;
  readonly text: string;
}

const START = `substr(t.body_text, 1, ${RANKED_CHARS_MAX}) AS "text"`;
const TEXTS = {
  discussion: statement<TextRow>(
    'search.rankedDiscussions',
    (d) => `SELECT t.id, t.title, ${START} FROM ${d.foundBy('discussion', 'id')}`,
    { table: 'discussion', by: ['id'] },
  ),
  comment: statement<TextRow>(
    'search.rankedComments',
    (d) => `SELECT t.id, NULL AS "title", ${START} FROM ${d.foundBy('comment', 'id')}`,
    { table: 'comment', by: ['id'] },
  ),
};

/** A page of results, the best first. */
export async function readRanked(
  ctx: Context,
  search: Search,
  size: number,
  after: SearchPosition | null,
): Promise<RankedPage> {
  const window = await readWindow(ctx, search, after?.newest ?? null);
  const { newest } = window;
  const ranked = await rankAll(ctx, search, window.byKind, newest);
  const rest =
    after === null ? ranked : after.rank === null ? [] : ranked.filter((one) => isBehind(one, after));
  const shown = rest.slice(0, size);
  const last = shown.at(-1);
  if (last && rest.length > size)
    return { rows: shown, newest, end: { newest, rank: last.rank?.value ?? 0, n: last.n } };
  // the ranked ones are all shown: older ones follow
  const isRanked = new Set(ranked.map(({ id }) => id));
  const beyond = after !== null && after.rank === null ? after.n : null;
  const older = await readOlder(ctx, search, window.ends, beyond, size - shown.length, isRanked);
  const rows = [...shown, ...older.rows.map((one) => ({ ...one, rank: null }))];
  return { rows, newest, end: older.end === null ? null : { newest, rank: null, n: older.end } };
}

const isBehind = (one: RankedCandidate, after: SearchPosition) => {
  const value = one.rank?.value ?? 0;
  return value < (after.rank ?? 0) || (value === after.rank && one.n < after.n);
};

interface Window {
  readonly byKind: ReadonlyMap<Kind, readonly Candidate[]>;
  /** The number beyond which the matches of a kind are not in the window. Kinds that have no more are absent. */
  readonly ends: ReadonlyMap<Kind, number>;
  /** The number of the newest match. */
  readonly newest: number;
}

async function readWindow(ctx: Context, search: Search, upTo: number | null): Promise<Window> {
  const kinds = KINDS.filter((kind) => search.places.has(kind));
  const beyond = upTo === null ? null : upTo + 1;
  const hasTitles = search.places.get('discussion') === 'anywhere' && search.leaves.length > 0;
  const found = await readKinds(ctx, search, { kinds, beyond, limit: RANKED_MAX });
  // titles that are not among the newest matches
  const hasOlder = (found[kinds.indexOf('discussion')]?.end ?? null) !== null;
  const titles: readonly Found[] =
    hasTitles && hasOlder
      ? await readKinds(ctx, search, {
          ...{ kinds: ['discussion'], beyond, limit: RANKED_TITLES_MAX, inTitle: true },
        })
      : [];
  const byKind = new Map(kinds.map((kind, i) => [kind, found[i]?.rows ?? []] as const));
  const newest = upTo ?? Math.max(0, ...found.flatMap(({ rows, end }) => rows[0]?.n ?? end ?? []));
  const discussions = new Map((byKind.get('discussion') ?? []).map((row) => [row.id, row]));
  // PostgreSQL's statements do not see the same moment
  for (const row of titles[0]?.rows ?? []) if (row.n <= newest) discussions.set(row.id, row);
  if (byKind.has('discussion')) byKind.set('discussion', [...discussions.values()]);
  const ends = kinds.flatMap((kind, i): [Kind, number][] => {
    const end = found[i]?.end;
    return end === null || end === undefined ? [] : [[kind, end]];
  });
  return { byKind, ends: new Map(ends), newest };
}

async function rankAll(
  ctx: Context,
  { leaves, wanted }: Search,
  byKind: Window['byKind'],
  newest: number,
): Promise<RankedCandidate[]> {
  const finder = new Finder(leaves, wanted.completions);
  const kinds = [...byKind].filter(([, rows]) => rows.length > 0);
  const texts = await Promise.all(
    kinds.map(([kind, rows]) => ctx.db.read.all(TEXTS[kind], [rows.map(({ id }) => id)])),
  );
  const byId = new Map(texts.flat().map((row) => [row.id, row]));
  const candidates = kinds.flatMap(([, rows]) => rows);
  const ranked = candidates.map((row) => measure(finder, row, byId.get(row.id), newest));
  const rarities = raritiesOf(ranked, finder.size);
  return candidates
    .map((row, i) => ({ ...row, rank: rankOf(ranked[i] as RankedText, rarities) }))
    .sort((a, b) => b.rank.value - a.rank.value || b.n - a.n);
}

function measure(finder: Finder, { n }: Candidate, row: TextRow | undefined, newest: number): RankedText {
  const ageDays = Math.max(0, newest - n) / DAY_NUMBERS;
  const { title, text = '' } = row ?? {};
  return {
    ageDays,
    inTitle: title ? finder.countsIn(title) : [],
    inBody: finder.countsIn(text),
    length: Math.round(((title?.length ?? 0) + text.length) / UNITS_A_WORD),
  };
}

/** The matches that are too old for the window, newest first. */
async function readOlder(
  ctx: Context,
  search: Search,
  ends: Window['ends'],
  beyond: number | null,
  size: number,
  isRanked: ReadonlySet<string>,
): Promise<Merged> {
  if (ends.size === 0) return { rows: [], end: null };
  // a page that ends with the ranked ones says where the older ones begin
  if (size === 0) return { rows: [], end: beyond ?? Math.max(...ends.values()) };
  const found = await Promise.all(
    [...ends].map(async ([kind, end]) => {
      const from = beyond === null ? end : Math.min(beyond, end);
      const [one] = await readKinds(ctx, search, {
        kinds: [kind],
        beyond: from,
        limit: size + 1 + RANKED_TITLES_MAX,
      });
      const { rows = [], end: last = null } = one ?? {};
      return { rows: rows.filter(({ id }) => !isRanked.has(id)), end: last };
    }),
  );
  return merge(found, size, false);
}
