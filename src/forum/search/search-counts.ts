import type { Context } from '../../access/context.ts';
import { statement } from '../../store/index.ts';
import { categories, loadById, products, tags } from '../catalog/index.ts';
import { type Candidate, KINDS, type MatchColumns } from './candidate-statements.ts';
import { readKinds, type Search } from './search-request.ts';

/** How many results of each kind are counted. */
const COUNTED_MAX = 1_000;
/** How many entries each facet has. */
const FACET_MAX = 10;

/** A match with what results are counted by. */
interface CountedRow extends Candidate {
  readonly categoryId: string | null;
  readonly productId: string | null;
}

const COUNTED: MatchColumns<CountedRow> = {
  name: 'counted',
  of: {
    discussion: ', x.category_id AS "categoryId", x.product_id AS "productId"',
    comment: ', d.category_id AS "categoryId", d.product_id AS "productId"',
  },
};

/** The results that counts and facets are made from. */
export interface Counted {
  readonly rows: readonly CountedRow[];
  /** Whether there are more. */
  readonly isLowerBound: boolean;
}

/** Reads the newest results up to the number that is counted. */
export async function countResults(ctx: Context, search: Search): Promise<Counted> {
  const kinds = KINDS.filter((kind) => search.places.has(kind));
  const found = await readKinds(ctx, search, { columns: COUNTED, kinds, limit: COUNTED_MAX + 1 });
  return {
    rows: found.flatMap(({ rows }) => rows.slice(0, COUNTED_MAX)),
    isLowerBound: found.some(({ end }) => end !== null),
  };
}

interface Tagged {
  readonly discussionId: string;
  readonly tagId: string;
}

const tagsOf = statement<Tagged>(
  'search.tagsOf',
  (d) =>
    `SELECT discussion_id AS "discussionId", tag_id AS "tagId" FROM discussion_tag WHERE ${d.inList('discussion_id')}`,
  { table: 'discussion_tag', by: ['discussion_id'] },
);

/** The most frequent values and their numbers; among equals, the smallest id. */
function mostFrequent(ids: Iterable<string | null>): [id: string, count: number][] {
  const counts = new Map<string, number>();
  for (const id of ids) if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, FACET_MAX);
}

/** An entry of the catalog that some results have. */
interface Facet<Entry> {
  readonly entry: Entry;
  readonly count: number;
}

async function loaded<Entry>(
  counts: readonly [id: string, count: number][],
  load: (id: string) => Promise<Entry | null>,
): Promise<Facet<Entry>[]> {
  const facets = await Promise.all(counts.map(async ([id, count]) => ({ entry: await load(id), count })));
  // an entry may have been deleted since
  return facets.flatMap(({ entry, count }) => (entry === null ? [] : [{ entry, count }]));
}

/** The categories of the counted results. */
export async function categoryFacets(ctx: Context, { rows }: Counted) {
  const facets = await loaded(mostFrequent(rows.map(({ categoryId }) => categoryId)), (id) =>
    loadById(ctx, categories, id),
  );
  return facets.map(({ entry, count }) => ({ category: entry, count }));
}

/** The products of the counted results. */
export async function productFacets(ctx: Context, { rows }: Counted) {
  const facets = await loaded(mostFrequent(rows.map(({ productId }) => productId)), (id) =>
    loadById(ctx, products, id),
  );
  return facets.map(({ entry, count }) => ({ product: entry, count }));
}

/** The tags of the counted results. */
export async function tagFacets(ctx: Context, { rows }: Counted) {
  const results = new Map<string, number>();
  for (const { discussionId } of rows) results.set(discussionId, (results.get(discussionId) ?? 0) + 1);
  const tagged = results.size === 0 ? [] : await ctx.db.read.all(tagsOf, [[...results.keys()]]);
  const ids = tagged.flatMap(({ discussionId, tagId }) =>
    Array<string>(results.get(discussionId) ?? 0).fill(tagId),
  );
  const facets = await loaded(mostFrequent(ids), (id) => loadById(ctx, tags, id));
  return facets.map(({ entry, count }) => ({ tag: entry, count }));
}
