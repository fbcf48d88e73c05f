import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
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
