import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Statement } from '../../src/store/index.ts';
import { type Forum, openForum } from '../support/forum.ts';

let forum: Forum;
beforeAll(async () => {
  forum = await openForum('sqlite', 'seeded');
});
afterAll(() => forum.close());

const COMMENT = 'id url isAnswer author { name } replyTo { id } discussion { title }';

const queries = [
  ...['HOT', 'TOP', 'NEWEST', 'ACTIVE', 'MOST_COMMENTS', 'CONTROVERSIAL'].flatMap((order) => [
    `{ discussions(first: 2, orderBy: ${order}) { pageInfo { endCursor } nodes { id } } }`,
    `{ discussions(first: 2, orderBy: ${order}, filter: { categorySlug: "security-compliance" }) { pageInfo { endCursor } nodes { id } } }`,
    `{ discussions(last: 2, orderBy: ${order}, filter: { productSlug: "relaydesk" }) { nodes { id } } }`,
    `{ products { nodes { discussions(orderBy: ${order}) { nodes { id } } } } categories { nodes { discussions(last: 1, orderBy: ${order}) { nodes { id } } } } }`,
  ]),
  ...['BEST', 'TOP', 'NEWEST', 'OLDEST', 'CONTROVERSIAL'].map(
    (order) => `{ discussions(first: 5) { nodes { comments(first: 2, orderBy: ${order}) { nodes { ${COMMENT}
      replies(first: 2, orderBy: ${order}) { nodes { ${COMMENT} } } } } } } }`,
  ),
  `{ discussions(filter: { isAnswered: true, isClosed: false }) { nodes { author { moderates { id } speaksFor { id } discussions { totalCount nodes { id } } comments { totalCount nodes { id } } }
     pin { label } tags { name } category { name } product { name } lastComment { id } answer { id } relatedDiscussions { title } } } }`,
  '{ discussions(filter: { isPinned: true }) { nodes { id } } }',
  '{ pinnedDiscussions { id } }',
  '{ pinnedDiscussions(categorySlug: "security-compliance", productSlug: "secureframe") { id } }',
  `{ discussions { nodes { viewerCan { delete { allowed } } revisions(first: 2) { nodes { id titleDiff { text } } } } }
     last: discussions { nodes { revisions(last: 2) { totalCount nodes { id } } } } }`,
  '{ discussion(externalId: "x") { id } nodes(ids: ["R_00000000000000000000000000"]) { id } }',
  '{ tags { nodes { discussions { nodes { id } } } } discussions(filter: { tagSlug: "pricing" }) { nodes { id } } }',
  '{ discussion(slug: "what-is-the-difference-between-iso-and-soc2") { id } category(slug: "x") { id } product(slug: "x") { id } tag(slug: "x") { id } }',
  '{ nodes(ids: ["D_00000000000000000000000000", "C_00000000000000000000000000", "A_00000000000000000000000000"]) { id } }',
];

/** A whole table is read only where it is read in the order of an index, up to a page; or is as small as these. */
const isBounded = (step: string) =>
  !step.startsWith('SCAN') || /^SCAN (json_each|CONSTANT|pin\b|t USING INDEX|u\b)/.test(step);

/** What is read only for somebody who asks about what they wrote themselves, and that others have commented on. */
async function askOfOwn() {
  const made = await forum
    .as('ada')
    .do('createDiscussion', { title: 'Mine?', body: 'Is it?' }, 'discussion { id }');
  const { id } = made.data.createDiscussion.discussion;
  await forum.as('ben').do('addComment', { discussionId: id, body: 'No.' }, 'comment { id }');
  const query = 'query ($id: ID!) { node(id: $id) { ... on Discussion { viewerCan { delete { code } } } } }';
  expect((await forum.as('ada').ask(query, { id })).data.node.viewerCan.delete.code).toBe('FORBIDDEN');
}

test('no query of the contract reads a whole table', async () => {
  const asked = new Set<string>();
  const stop = forum.db.onStatement((sql) => asked.add(sql));
  for (const query of queries) {
    const { data } = await forum.ask(query);
    const cursor = data?.discussions?.pageInfo?.endCursor;
    if (cursor) await forum.ask(query.replace('first: 2', `first: 2, after: "${cursor}"`));
  }
  await askOfOwn();
  stop();
  expect(asked.size).toBeGreaterThan(60);
  const unbounded: string[] = [];
  for (const sql of asked) {
    const explain: Statement<{ detail: string }> = {
      name: 'explain',
      text: { sqlite: `EXPLAIN QUERY PLAN ${sql}`, postgres: '' },
    };
    const steps = await forum.db.read.all(explain, Array(sql.split('?').length - 1).fill(null));
    for (const { detail } of steps) if (!isBounded(detail)) unbounded.push(`${detail}: ${sql}`);
  }
  expect(unbounded).toEqual([]);
});
