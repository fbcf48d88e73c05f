// What a search needs to know before it reads matches.
import type { Context } from '../../access/context.ts';
import type { SearchType } from '../../generated/graphql.ts';
import { allOf, chain, type MaybePromise } from '../../graphql/execution/index.ts';
import { type Candidate, IDS_ALONE, KINDS, type Kind, type MatchColumns } from './candidate-statements.ts';
import { type Found, findCandidates } from './candidates.ts';
import { completionsOf } from './completions.ts';
import { isTaken, lastNumberAt, numberAt } from './entries.ts';
import { distinctLeaves, leavesOf, wantedLeaves } from './leaves.ts';
import { matchOf, type Place, type Wanted } from './match.ts';
import { Finder } from './occurrences.ts';
import { parseQuery } from './parse-query.ts';
import type { Issue, Leaf, SearchQuery } from './query.ts';
import { type FilterCondition, findFilters } from './search-filters.ts';
import { windowsFor } from './search-windows.ts';
import type { Merged, TimeReader } from './time-order.ts';
import type { Bounds, Windows } from './windows.ts';

/** A search that is ready to read matches. */
export interface Search {
  readonly query: SearchQuery;
  readonly wanted: Wanted;
  readonly conditions: readonly FilterCondition[];
  readonly issues: readonly Issue[];
  /** What the query can find, and where the words are looked for in each. */
  readonly places: ReadonlyMap<Kind, Place>;
  /** The words that are looked for, each once, without those that must not be there. */
  readonly leaves: readonly Leaf[];
  /** Finds these words in texts. */
  readonly finder: Finder;
  /** The numbers of texts of the wanted times. */
  readonly bounds: Bounds;
  /** How far is read for each kind. Null: until there are enough matches. */
  readonly windows: ReadonlyMap<Kind, Windows | null>;
}

/** Reads a query and resolves its qualifiers. */
export function prepareSearch(ctx: Context, text: string, type: SearchType): MaybePromise<Search> {
  const query = parseQuery(text);
  const { matcher, except, filters, issues } = query;
  const places = placesOf(query, type);
  // together: neither depends on the other
  const completed = completionsOf(ctx, matcher === null ? [] : leavesOf(matcher));
  return chain(allOf([completed, findFilters(ctx, filters)]), ([completions, found]) => {
    const wanted = { matcher, except, completions, authors: found.authors };
    const windows = [...places].map(([kind, place]) => windowsFor(ctx.db, kind, wanted, place));
    const leaves = matcher === null ? [] : distinctLeaves(wantedLeaves(matcher));
    return chain(
      allOf(windows),
      (all): Search => ({
        query,
        wanted,
        conditions: found.conditions,
        issues: [...issues, ...found.issues],
        places,
        leaves,
        finder: new Finder(leaves, completions),
        bounds: boundsOf(query),
        windows: new Map([...places.keys()].map((kind, i) => [kind, all[i] ?? null])),
      }),
    );
  });
}

function placesOf({ fields }: SearchQuery, type: SearchType): Map<Kind, Place> {
  const places = new Map<Kind, Place>();
  const [inTitle, inBody] = [fields.has('title'), fields.has('body')];
  if (type !== 'COMMENT' && (inTitle || inBody))
    places.set('discussion', inTitle && inBody ? 'anywhere' : inTitle ? 'title' : 'body');
  if (type !== 'DISCUSSION' && fields.has('comments')) places.set('comment', 'anywhere');
  return places;
}

/** The exact times are compared by a condition: a text's number may be somewhat later than its time. */
function boundsOf({ filters }: SearchQuery): Bounds {
  let [low, high] = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  for (const { range, isNot } of filters.created) {
    if (isNot) continue;
    if (range.from !== null) low = Math.max(low, numberAt(range.from) - 1);
    if (range.to !== null) high = Math.min(high, lastNumberAt(range.to) + 1);
  }
  return { low, high };
}

interface KindReading<Row extends Candidate> {
  readonly columns: MatchColumns<Row>;
  readonly kinds: readonly Kind[];
  readonly ascending?: boolean;
  /** Only matches beyond this number, in the direction of reading. */
  readonly beyond?: number | null;
  /** Only matches up to this number. */
  readonly to?: number | null;
  readonly limit: number;
  /** Only discussions that have the words in the title. */
  readonly inTitle?: boolean;
}

/** Reads matches of some kinds, each kind alone and in order. */
export function readKinds<Row extends Candidate>(
  ctx: Context,
  search: Search,
  reading: KindReading<Row>,
): MaybePromise<Found<Row>[]> {
  const { columns, kinds, ascending = false, beyond = null, to = null, limit, inTitle = false } = reading;
  const { wanted, conditions, places, windows } = search;
  const [first, last] = [beyond, to === null ? null : to + (ascending ? 1 : -1)];
  const [above, below] = ascending ? [first, last] : [last, first];
  const within = {
    low: Math.max(search.bounds.low, above ?? Number.MIN_SAFE_INTEGER),
    high: Math.min(search.bounds.high, below ?? Number.MAX_SAFE_INTEGER),
  };
  return allOf(
    kinds.map((kind) => {
      const place = places.get(kind) ?? 'anywhere';
      const match = matchOf(ctx.db.engine, wanted, inTitle ? 'title' : place, place);
      return findCandidates(ctx.db, {
        kind,
        columns,
        conditions,
        ascending,
        match,
        bounds: within,
        limit,
        windows: windows.get(kind) ?? null,
      });
    }),
  );
}

/** Reads all kinds, newest or oldest first. */
export function timeReaderOf(ctx: Context, search: Search, ascending: boolean): TimeReader {
  const kinds = KINDS.filter((kind) => search.places.has(kind));
  return {
    ascending,
    read: (beyond, to, size) => {
      const found = readKinds(ctx, search, {
        ...{ columns: IDS_ALONE, kinds, ascending, beyond, to, limit: size + 1 },
      });
      return chain(found, (all) => merge(all, size, ascending));
    },
    isTaken: (n) => isTaken(ctx.db, n),
  };
}

/** The first rows of several readings. No row is taken from beyond the place where one of them has ended. */
export function merge(found: readonly Found[], size: number, ascending: boolean): Merged {
  const sign = ascending ? 1 : -1;
  const ends = found.flatMap(({ end }) => (end === null ? [] : [end]));
  const end = ends.length === 0 ? null : ascending ? Math.min(...ends) : Math.max(...ends);
  const rows = found.flatMap((one) => one.rows).sort((a, b) => sign * (a.n - b.n));
  const known = end === null ? rows : rows.filter(({ n }) => sign * (n - end) <= 0);
  if (known.length <= size) return { rows: known, end, next: end };
  return { rows: known.slice(0, size), end: known[size - 1]?.n ?? end, next: known[size]?.n ?? end };
}
