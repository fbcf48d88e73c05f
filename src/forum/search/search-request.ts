// What a search needs to know before it reads matches.
import type { Context } from '../../access/context.ts';
import type { SearchType } from '../../generated/graphql.ts';
import { type Candidate, type Found, findCandidates, KINDS, type Kind } from './candidates.ts';
import { completionsOf } from './completions.ts';
import { lastNumberAt, numberAt } from './entries.ts';
import { matchOf, type Place, type Wanted } from './match.ts';
import { distinctLeaves, leavesOf, parseQuery, wantedLeaves } from './parse-query.ts';
import type { Issue, Leaf, SearchQuery } from './query.ts';
import { type FilterCondition, findFilters } from './search-filters.ts';
import { windowsFor } from './search-windows.ts';
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
  /** The numbers of texts of the wanted times. */
  readonly bounds: Bounds;
  /** How far is read for each kind. Null: until there are enough matches. */
  readonly windows: ReadonlyMap<Kind, Windows | null>;
}

/** Reads a query and resolves its qualifiers. */
export async function prepareSearch(ctx: Context, text: string, type: SearchType): Promise<Search> {
  const query = parseQuery(text);
  const { matcher, except, fields, filters, issues } = query;
  const [completions, found] = await Promise.all([
    completionsOf(ctx, matcher === null ? [] : leavesOf(matcher)),
    findFilters(ctx, filters),
  ]);
  const places = new Map<Kind, Place>();
  const [inTitle, inBody] = [fields.has('title'), fields.has('body')];
  if (type !== 'COMMENT' && (inTitle || inBody))
    places.set('discussion', inTitle && inBody ? 'anywhere' : inTitle ? 'title' : 'body');
  if (type !== 'DISCUSSION' && fields.has('comments')) places.set('comment', 'anywhere');
  const wanted = { matcher, except, completions, authors: found.authors };
  const windows = new Map<Kind, Windows | null>();
  for (const [kind, place] of places) windows.set(kind, await windowsFor(ctx.db, kind, wanted, place));
  return {
    ...{ query, places, wanted, windows, bounds: boundsOf(query) },
    conditions: found.conditions,
    issues: [...issues, ...found.issues],
    leaves: matcher === null ? [] : distinctLeaves(wantedLeaves(matcher)),
  };
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

interface Reading {
  readonly kinds: readonly Kind[];
  readonly ascending?: boolean;
  /** Only matches beyond this number, in the direction of reading. */
  readonly beyond?: number | null;
  readonly limit: number;
  /** Only discussions that have the words in the title. */
  readonly inTitle?: boolean;
}

/** Reads matches of some kinds, each kind alone and in order. */
export function readKinds(ctx: Context, search: Search, reading: Reading): Promise<Found[]> {
  const { kinds, ascending = false, beyond = null, limit, inTitle = false } = reading;
  const { wanted, conditions, places, bounds, windows } = search;
  const { low, high } = bounds;
  const within =
    beyond === null
      ? bounds
      : ascending
        ? { low: Math.max(low, beyond), high }
        : { low, high: Math.min(high, beyond) };
  return Promise.all(
    kinds.map((kind) => {
      const place = places.get(kind) ?? 'anywhere';
      const match = matchOf(ctx.db.engine, wanted, inTitle ? 'title' : place, place);
      return findCandidates(ctx.db, {
        ...{ kind, match, conditions, ascending, bounds: within, limit },
        windows: windows.get(kind) ?? null,
      });
    }),
  );
}

/** Matches of several kinds in one order. */
export interface Merged {
  readonly rows: readonly Candidate[];
  /** Where the next page begins: beyond this number. Null: there is none. */
  readonly end: number | null;
}

/** The next matches of all kinds, newest or oldest first. */
export async function readMerged(
  ctx: Context,
  search: Search,
  { size, ...reading }: Omit<Reading, 'kinds' | 'limit'> & { readonly size: number },
): Promise<Merged> {
  const kinds = KINDS.filter((kind) => search.places.has(kind));
  const found = await readKinds(ctx, search, { ...reading, kinds, limit: size + 1 });
  return merge(found, size, reading.ascending ?? false);
}

/** The first rows of several readings. No row is taken from beyond the place where one of them has ended. */
export function merge(found: readonly Found[], size: number, ascending: boolean): Merged {
  const sign = ascending ? 1 : -1;
  const ends = found.flatMap(({ end }) => (end === null ? [] : [end]));
  const end = ends.length === 0 ? null : ascending ? Math.min(...ends) : Math.max(...ends);
  const rows = found.flatMap((one) => one.rows).sort((a, b) => sign * (a.n - b.n));
  const known = end === null ? rows : rows.filter(({ n }) => sign * (n - end) <= 0);
  if (known.length > size) return { rows: known.slice(0, size), end: known[size - 1]?.n ?? end };
  return { rows: known, end };
}
