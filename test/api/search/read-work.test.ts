import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_LIMITS } from '../../../src/access/limiter.ts';
import { DEFAULT_POLICY } from '../../../src/access/policy.ts';
import { makeContext } from '../../../src/api/make-context.ts';
import { prepareSearch } from '../../../src/forum/search/search-request.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum, SITE_URL } from '../../support/forum.ts';
import { numbered, store } from './stored-texts.ts';

const COMMENTS = 100;
const TEXTS = numbered([
  { title: 'alpha question', text: 'alpha text' },
  ...Array.from({ length: COMMENTS }, (_, i) => ({ title: null, text: `alpha ${i < 20 ? 'kept' : 'gone'}` })),
]);

const PAGE = `query ($after: String, $orderBy: SearchOrder) {
  search(query: "alpha ", type: COMMENT, first: 5, after: $after, orderBy: $orderBy) {
    totalCount pageInfo { hasNextPage endCursor } nodes { subject { ... on Comment { bodyText } } } } }`;

describe.each(engines)('what a search reads on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    await store(forum.db, TEXTS);
  });
  afterAll(() => forum.close());

  test('is the matches of each kind with their texts, the comments, and all discussions together', async () => {
    const { statements, answer } = await forum.count(`{ search(query: "alpha ", first: 20) { nodes {
      subject { ... on Discussion { title } ... on Comment { id discussion { title } } }
      textMatches { fragment highlights { text } } } } }`);
    expect(answer.data.search.nodes).toHaveLength(20);
    expect(statements).toBe(4);
  });

  test('asks for the words of a query and its qualifiers together', async () => {
    const { db } = forum;
    // how many statements were sent before the first answer of the database
    const sent: number[] = [];
    let count = 0;
    const all: typeof db.read.all = (...what) => {
      count++;
      const rows = db.read.all(...what);
      Promise.resolve(rows).then(() => sent.push(count));
      return rows;
    };
    const ctx = makeContext({
      ...{
        db: { ...db, read: { ...db.read, all } },
        siteUrl: SITE_URL,
        policy: DEFAULT_POLICY,
        viewer: null,
      },
      ...{ clock: forum.now, address: '203.0.113.1', limiter: NO_LIMITS },
    });
    await prepareSearch(ctx, 'category:questions alph', 'COMMENT');
    // SQLite answers at once
    expect(sent[0]).toBe(engine === 'postgres' ? 2 : 1);
  });

  test.each(['NEWEST', 'RELEVANCE'])(
    '%s: reaches beyond many deleted comments, 64 at a time',
    async (orderBy) => {
      const gone = { bodyText: 'alpha gone' };
      await forum.db.write((tx) => tx.comment.updateMany({ where: gone, data: { deletedAt: new Date() } }));
      const pages: string[][] = [];
      for (let after: string | null = null, isMore = true; isMore; ) {
        const { data } = await forum.ask(PAGE, { after, orderBy });
        const { nodes, pageInfo, totalCount } = data.search;
        expect(totalCount).toBe(20);
        pages.push(nodes.map(({ subject }: { subject: { bodyText: string } }) => subject.bodyText));
        ({ hasNextPage: isMore, endCursor: after } = pageInfo);
      }
      expect(pages.flat()).toEqual(Array(20).fill('alpha kept'));
    },
  );
});
