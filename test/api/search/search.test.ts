import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import type { Forum } from '../../support/forum.ts';
import { openSearchForum } from './search-forum.ts';

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

interface Result {
  readonly subject: { readonly title?: string; readonly bodyText?: string };
  readonly textMatches: { fragment: string; property: string; highlights: { text: string }[] }[];
  readonly rankExplanation: { value: number };
}

describe.each(engines)('search on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openSearchForum(engine);
  });
  afterAll(() => forum.close());

  async function search(q: string, more: Record<string, unknown> = {}) {
    const { data, errors } = await forum.ask(QUERY, { q, ...more });
    expect(errors).toBeUndefined();
    return data.search;
  }
  /** The first word of each result. */
  const found = async (q: string, more: Record<string, unknown> = {}) =>
    (await search(q, more)).nodes.map(
      ({ subject: { title, bodyText } }: Result) => (title ?? bodyText)?.split(/[ 、，]/)[0],
    );

  test.each([
    ['kubernetes ', ['How', 'Use', 'Horizontal']],
    ['KUBERNETES autoscaler ', ['Use']],
    ['"cluster autoscaler"', ['Use']],
    ['"autoscaler cluster"', []],
    ['kubernetes -autoscaler -how ', ['Horizontal']],
    ['autoscaler OR rockets ', ['Who', 'Use']],
    ['kube', ['How', 'Use', 'Horizontal']],
    ['kube ', []],
    ['kube* ', ['How', 'Use', 'Horizontal']],
    ['C++ ', ['How']],
    ['node.js ', ['How']],
    ['nodejs ', ['How']],
    ['e-mail ', ['How']],
    ['email ', ['How']],
    ['ubersicht ', ['Wie', 'Über']],
    ['strasse ', ['Wie']],
    ['数据库 ', ['如何迁移数据库到新服务器？', '先备份数据库']],
    ['据库 ', ['如何迁移数据库到新服务器？', '先备份数据库']],
    ['备 ', ['先备份数据库']],
    ['数据库迁移服务器 ', []],
    ['iphone 用户 ', ['如何迁移数据库到新服务器？']],
    ['ガイド ', ['データベースのガイドはありますか']],
    ['カイド ', []],
    ['검색 ', ['한국어']],
    ['색 ', ['한국어']],
    ['🚀', ['Who']],
    ['👍', ['Who']],
    ['in:title kubernetes ', ['How']],
    ['in:body kubernetes ', []],
    ['in:comments kubernetes ', ['Use', 'Horizontal']],
    ['in:title,comments übersicht ', ['Wie', 'Über']],
    ['category:infrastructure 数据库 ', ['如何迁移数据库到新服务器？', '先备份数据库']],
    ['category:accounting kubernetes ', []],
    ['category:nothing ', []],
    ['tag:API tag:Scaling in:title ', ['How']],
    ['-tag:api how OR who ', ['Who']],
    ['tag:scaling OR tag:api in:title ', ['How', '如何迁移数据库到新服务器？']],
    ['rockets OR tag:api ', ['Who']],
    ['created:<2026-11-18 in:title ', ['Who']],
    ['created:2026-11-18..2026-11-19 in:title ', ['データベースのガイドはありますか', '한국어']],
    ['author:nobody ', []],
  ])('%s', async (q, expected) => {
    expect(await found(q)).toEqual(expected);
  });

  test('finds discussions or comments alone', async () => {
    expect(await found('kubernetes ', { type: 'DISCUSSION' })).toEqual(['How']);
    expect(await found('kubernetes ', { type: 'COMMENT' })).toEqual(['Use', 'Horizontal']);
    expect((await search('kubernetes ', { type: 'COMMENT' })).totalCount).toBe(2);
  });

  test('counts results and says which categories and tags they have', async () => {
    const { totalCount, isTotalCountLowerBound, facets } = await search('api OR 数据库 OR kubernetes ');
    expect({ totalCount, isTotalCountLowerBound }).toEqual({ totalCount: 5, isTotalCountLowerBound: false });
    expect(facets.categories).toEqual([{ category: { slug: 'infrastructure' }, count: 5 }]);
    expect(facets.products).toEqual([]);
    expect(facets.tags).toEqual([
      { tag: { slug: 'api' }, count: 5 },
      { tag: { slug: 'scaling' }, count: 3 },
    ]);
  });

  test('shows where the words are', async () => {
    const { nodes } = await search('ubersicht kubernetes OR ubersicht rechnung');
    const [match] = (nodes as Result[]).flatMap(({ textMatches }) => textMatches);
    expect(match).toEqual({
      fragment: 'Wie exportiere ich Rechnungen als Übersicht?',
      property: 'title',
      highlights: [
        { beginIndice: 19, endIndice: 29, text: 'Rechnungen' },
        { beginIndice: 34, endIndice: 43, text: 'Übersicht' },
      ],
    });
  });

  test('pages make up the whole in each order, and the cursor of another search is refused', async () => {
    for (const orderBy of ['RELEVANCE', 'NEWEST', 'OLDEST']) {
      const whole = await found('', { orderBy, first: 100 });
      expect(whole).toHaveLength(10);
      const paged: string[] = [];
      for (let after: string | null = null, isMore = true; isMore; ) {
        const page = await search('', { orderBy, first: 3, after });
        paged.push(
          ...page.nodes.map(
            ({ subject }: Result) => (subject.title ?? subject.bodyText)?.split(/[ 、，]/)[0],
          ),
        );
        ({ endCursor: after, hasNextPage: isMore } = page.pageInfo);
      }
      expect(paged).toEqual(whole);
    }
    const { pageInfo } = await search('kubernetes ', { first: 1 });
    const other = await forum.ask(QUERY, { q: 'rockets', after: pageInfo.endCursor });
    expect(other.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
    const forged = await forum.ask(QUERY, { q: 'rockets', after: 'x' });
    expect(forged.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
  });

  test('ranks by a formula that it shows', async () => {
    const { nodes } = await search('kubernetes ');
    const values = (nodes as Result[]).map(({ rankExplanation }) => rankExplanation.value);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(nodes[0].rankExplanation.inputs).toContainEqual({ name: 'inTitle of word 1', value: 1 });
  });

  test('counts a word that is written in parts once, however the query writes it', async () => {
    for (const q of ['email ', 'e-mail '])
      expect((await search(`in:body ${q}`)).nodes[0].rankExplanation.inputs).toContainEqual({
        name: 'inBody of word 1',
        value: 1,
      });
  });

  test('counts a repeated word once', async () => {
    const { nodes } = await search('kubernetes autoscaler ');
    expect(nodes).toHaveLength(1);
    expect((await search('kubernetes autoscaler Kubernetes ')).nodes).toEqual(nodes);
  });

  test('suggests words of the forum for misspelled ones, and nothing that has no results', async () => {
    expect((await search('kuberntes ')).suggestion).toBe('kubernetes ');
    expect((await search('autosclaer kubrenetes ')).suggestion).toBe('autoscaler kubernetes ');
    expect((await search('category:accounting kuberntes ')).suggestion).toBeNull();
    expect((await search('kubernetes ')).suggestion).toBeNull();
    expect((await search('zzzzzzzz ')).suggestion).toBeNull();
  });

  test.each([
    ['operators', 'AND OR NOT - * ( ) " : ^ ~ {} NEAR/2 {title}: + \\ \' <-> & | ! :*'],
    ['quotes', '"""" \'\' „ “ « »'],
    ['emoji', '🧐 🤖 👩‍👩‍👧‍👦'],
    ['10,000 characters', 'kubernetes '.repeat(910)],
    ['10,000 brackets', '('.repeat(10_000)],
    ['one word of 10,000 letters', 'x'.repeat(10_000)],
    ['control characters', '\u0001 \u202e \ufffe \u200d'],
    ['columns of the index', 'title:kubernetes body:x rank:1 search_comment_text:y rowid:1'],
    ['malformed qualifiers', 'is: created:.. score:>>1 in:, tag: author:@ category:""'],
  ])('answers a query of %s', async (_what, q) => {
    const result = await search(q);
    expect(result.totalCount).toBeGreaterThanOrEqual(0);
  });

  test('reports what it did not understand, with its place', async () => {
    expect((await search('kubernetes is:popular')).searchIssues).toEqual([
      { code: 'UNKNOWN_VALUE', beginIndice: 11, endIndice: 21 },
    ]);
    expect((await search('kubernetes label:api')).searchIssues).toEqual([
      { code: 'UNKNOWN_QUALIFIER', beginIndice: 11, endIndice: 20 },
    ]);
    expect((await search('rockets OR tag:api')).searchIssues).toEqual([
      { code: 'MISPLACED_QUALIFIER', beginIndice: 11, endIndice: 18 },
    ]);
    expect((await search('x author:@me')).searchIssues).toEqual([
      { code: 'SIGN_IN_FIRST', beginIndice: 2, endIndice: 12 },
    ]);
  });

  test.each([
    ['x category:nothing', 'There is no category `nothing`.'],
    ['x -product:nothing', 'There is no product `nothing`.'],
    ['x author:@nobody', 'There is no author `nobody`.'],
    ['x tag:nothing,else', 'There is no tag `nothing` or `else`.'],
  ])('reports what does not exist: %s', async (q, message) => {
    const { data } = await forum.ask(
      'query ($q: String!) { search(query: $q) { searchIssues { code message beginIndice endIndice } } }',
      { q },
    );
    expect(data.search.searchIssues).toEqual([
      { code: 'NOT_FOUND', message, beginIndice: 2, endIndice: q.length },
    ]);
  });
});
