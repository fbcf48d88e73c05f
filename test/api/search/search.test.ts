import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';

const QUERY = `query ($q: String!, $type: SearchType, $first: Int, $after: String, $orderBy: SearchOrder) {
  search(query: $q, type: $type, first: $first, after: $after, orderBy: $orderBy) {
    totalCount isTotalCountLowerBound suggestion
    searchIssues { code beginIndice endIndice }
    facets { categories { category { slug } count } products { product { slug } count } tags { tag { slug } count } }
    pageInfo { hasNextPage endCursor }
    nodes {
      subject { __typename ... on Discussion { title } ... on Comment { bodyText } }
      textMatches { fragment property highlights { beginIndice endIndice text } }
      rankExplanation { value formula inputs { name value } }
    }
  }
}`;

describe.each(engines)('search on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'seeded');
  });
  afterAll(() => forum.close());

  async function search(q: string, more: Record<string, unknown> = {}) {
    const { data, errors } = await forum.ask(QUERY, { q, ...more });
    expect(errors).toBeUndefined();
    return data.search;
  }

  test('probe', async () => {
    for (const q of ['scale', 'pric', 'is:answered', 'scael', 'category:nope', '-the', '"', 'in:title how'])
      console.log(engine, q, JSON.stringify(await search(q, { first: 2 })).slice(0, 700));
  });
});
