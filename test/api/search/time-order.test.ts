import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reindex } from '../../../src/forum/search/reindex.ts';
import { parseGlobalId } from '../../../src/graphql/global-id.ts';
import { newId } from '../../../src/store/ids.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { type StoredText, store } from './stored-texts.ts';

/** Comments of three moments, so that nearly all have the number of a later time, written in no order. */
function textsOfMoments(): StoredText[] {
  const text = (ms: number, title: string | null): StoredText => {
    const createdAt = new Date(Date.UTC(2031, 0, 1) + ms);
    return { id: newId(createdAt), title, text: 'alpha', createdAt };
  };
  const comments = Array.from({ length: 270 }, (_, i) => text((i % 3) * 3_600_000 + ((i * 97) % 60), null));
  return [
    text(-3_600_000, 'alpha'),
    ...comments.toReversed(),
    text(7_200_150, 'alpha'),
    text(9_000_000, 'alpha'),
  ];
}

const PAGE = `query ($after: String, $orderBy: SearchOrder, $first: Int) {
  search(query: "alpha ", first: $first, after: $after, orderBy: $orderBy) {
    pageInfo { hasNextPage endCursor }
    edges { cursor node { rankExplanation { value } subject { ... on Discussion { id createdAt } ... on Comment { id createdAt } } } } } }`;

interface Edge {
  readonly cursor: string;
  readonly node: {
    readonly rankExplanation: { readonly value: number };
    readonly subject: { readonly id: string; readonly createdAt: string };
  };
}

const placeOf = ({ node: { subject } }: Edge) => `${subject.createdAt} ${parseGlobalId(subject.id)?.rowId}`;
const rising = (edges: readonly Edge[]) => edges.map(placeOf).toSorted();

describe.each(engines)('the order of results on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    await store(forum.db, textsOfMoments());
  });
  afterAll(() => forum.close());

  /** All results by pages of a size. `next`: the cursor of the page's last result in place of its end. */
  async function all(orderBy: string, first: number, next: 'endCursor' | 'last' = 'endCursor') {
    const edges: Edge[] = [];
    for (let after: string | null = null, isMore = true; isMore; ) {
      const { data, errors } = await forum.ask(PAGE, { after, orderBy, first });
      expect(errors).toBeUndefined();
      const page: readonly Edge[] = data.search.edges;
      const { hasNextPage, endCursor } = data.search.pageInfo;
      expect(page).toHaveLength(hasNextPage ? first : page.length);
      edges.push(...page);
      isMore = hasNextPage;
      after = next === 'last' ? (page.at(-1)?.cursor ?? null) : endCursor;
    }
    return edges;
  }

  test.each([5, 20, 90, 100])('follows the time, then the id, by pages of %i', async (first) => {
    const oldest = await all('OLDEST', first);
    expect(oldest).toHaveLength(273);
    expect(oldest.map(placeOf)).toEqual(rising(oldest));
    const newest = await all('NEWEST', first);
    expect(newest.map(placeOf)).toEqual(rising(oldest).toReversed());
  });

  test('goes on after any result', async () => {
    for (const orderBy of ['NEWEST', 'OLDEST', 'RELEVANCE'])
      expect((await all(orderBy, 11, 'last')).map(placeOf)).toEqual((await all(orderBy, 100)).map(placeOf));
  });

  test('follows the rank, then the time, and then the time of those that are not ranked', async () => {
    for (const first of [9, 100]) {
      const results = await all('RELEVANCE', first);
      expect(new Set(results.map(placeOf)).size).toBe(273);
      const values = results.map(({ node }) => node.rankExplanation.value);
      const ranked = values.indexOf(0);
      expect(ranked).toBeGreaterThanOrEqual(200);
      expect(values).toEqual(values.toSorted((a, b) => b - a));
      for (const value of new Set(values)) {
        const equals = results.filter((_, i) => values[i] === value);
        expect(equals.map(placeOf)).toEqual(rising(equals).toReversed());
      }
    }
  });

  test.each(['RELEVANCE', 'NEWEST', 'OLDEST'])('is told from an empty page: %s', async (orderBy) => {
    const pageInfo = async (after: string | null) => {
      const { data } = await forum.ask(PAGE, { orderBy, first: 0, after });
      expect(data.search.edges).toEqual([]);
      return data.search.pageInfo;
    };
    expect(await pageInfo(null)).toEqual({ hasNextPage: true, endCursor: null });
    const cursors = (await all(orderBy, 100)).map(({ cursor }) => cursor);
    for (const at of [0, 150, 271])
      expect(await pageInfo(cursors[at] ?? '')).toEqual({ hasNextPage: true, endCursor: cursors[at] });
    expect(await pageInfo(cursors[272] ?? '')).toEqual({ hasNextPage: false, endCursor: cursors[272] });
  });

  test('stays when the index is made anew', async () => {
    const before = await all('NEWEST', 20);
    await reindex(forum.db);
    expect((await all('NEWEST', 20)).map(placeOf)).toEqual(before.map(placeOf));
    expect((await all('OLDEST', 20)).map(placeOf)).toEqual(before.map(placeOf).toReversed());
  });

  test('reads no whole index for a cursor that names it as one moment', async () => {
    const { data } = await forum.ask(PAGE, { orderBy: 'NEWEST', first: 1 });
    const [search] = JSON.parse(Buffer.from(data.search.edges[0].cursor, 'base64url').toString());
    const [from, to] = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
    const after = Buffer.from(JSON.stringify([search, 0, null, from, to, 9e15, 'z'])).toString('base64url');
    const { statements } = await forum.count(PAGE, { after, orderBy: 'NEWEST', first: 1 });
    expect(statements).toBeLessThan(12);
  });
});
