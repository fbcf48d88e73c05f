// Whatever is written, a cached answer is the answer that would be made anew.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Known, learn } from '../proof/dice.ts';
import { begin, step, take } from '../proof/histories.ts';
import { engines } from '../support/database.ts';
import { openForum } from '../support/forum.ts';
import { startCaching } from './caching-server.ts';

const ORDERS = ['HOT', 'TOP', 'NEWEST', 'ACTIVE', 'MOST_COMMENTS', 'CONTROVERSIAL'];
const COMMENT = `id body isDeleted isAnswer isOfficial netUpvotes upvoteCount downvoteCount descendantCount lastEditedAt
  author { name } mentions { handle } revision viewerCan { vote { code } reply { code } update { code } }`;
const PAGE = `query ($id: ID!) { discussion(id: $id) {
  title body slug netUpvotes commentCount isAnswered answer { id } isLocked lockReason isClosed closeReason lastActivityAt
  pin { label } tags { slug } category { slug } revision viewerVote lastComment { id }
  relatedDiscussions(first: 5) { title commentCount } revisions(first: 5) { totalCount nodes { title body } }
  viewerCan { comment { code } update { code } vote { code } }
  comments(first: 3) { totalCount pageInfo { hasNextPage } nodes { ${COMMENT} replies(first: 2) { totalCount nodes { ${COMMENT} } } } }
  newest: comments(first: 2, orderBy: NEWEST) { nodes { id } } } }`;
const NODE = `query ($id: ID!) { node(id: $id) { id ... on Comment { ${COMMENT} discussion { title } } } }`;
const LIST = `query ($order: DiscussionOrder!) {
  discussions(first: 2, orderBy: $order) { totalCount pageInfo { hasNextPage } nodes { id title netUpvotes commentCount } } }`;
const FILTERED = `{
  answered: discussions(filter: { isAnswered: true }) { totalCount nodes { id } }
  open: discussions(filter: { isClosed: false }) { totalCount nodes { id } }
  pinned: discussions(filter: { isPinned: true }) { totalCount nodes { id } } }`;
const PEOPLE = `query ($id: ID!) { author(id: $id) { name
  discussions(first: 2) { totalCount nodes { title commentCount } } comments(first: 2) { totalCount nodes { body netUpvotes } } } }`;

function questions(known: Known, authorIds: readonly string[]): [query: string, variables: object][] {
  return [
    ...known.discussions.map((id): [string, object] => [PAGE, { id }]),
    ...known.comments.map((one): [string, object] => [NODE, { id: typeof one === 'string' ? one : one.id }]),
    ...ORDERS.map((order): [string, object] => [LIST, { order }]),
    [FILTERED, {}],
    ...authorIds.map((id): [string, object] => [PEOPLE, { id }]),
  ];
}

describe.each(engines)('cached answers on %s', (engine) => {
  test('are those that would be made anew, after every step of any history', async () => {
    let cached = 0;
    let asked = 0;
    const property = fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (history) => {
      const forum = await openForum(engine, 'empty');
      const server = await startCaching(forum.db);
      try {
        const known = await begin(forum);
        const authorIds = await Promise.all(['ada', 'ben'].map((name) => forum.as(name).id()));
        for (const one of history) {
          learn(known, (await take(forum, known, one)).data);
          const all = questions(known, authorIds);
          const anew = await Promise.all(all.map(([query, variables]) => forum.ask(query, { ...variables })));
          // one after another, so that the statements are those of one answer
          for (const [n, [query, variables]] of all.entries()) {
            const { text, statements } = await server.ask(query, variables);
            expect(JSON.parse(text), query).toEqual(anew[n]);
            asked++;
            if (statements === 0) cached++;
          }
          // members see their own votes and permissions, whatever guests were answered
          const ben = forum.as('ben');
          for (const [query, variables] of all.slice(0, known.discussions.length)) {
            const { text } = await server.ask(query, variables, await ben.token());
            expect(JSON.parse(text), query).toEqual(await ben.ask(query, { ...variables }));
          }
        }
      } finally {
        await server.close();
        await forum.close();
      }
    });
    await fc.assert(property, { numRuns: 12, endOnFailure: true });
    // a step invalidates little of what can be requested
    expect(cached / asked).toBeGreaterThan(0.4);
  }, 180_000);
});
