import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Statement } from '../../src/store/index.ts';
import { BUSY_AUTHOR, type ConnectedForum, openConnectedForum } from '../support/connected-forum.ts';
import { askAs, CONNECTIONS, connectionIn, queryOf } from '../support/connections.ts';
import type { Forum } from '../support/forum.ts';
import { NODE_FIELDS } from '../support/node-fields.ts';

let opened: ConnectedForum;
let forum: Forum;
beforeAll(async () => {
  opened = await openConnectedForum('sqlite', 3);
  forum = opened.forum;
});
afterAll(() => forum.close());

/** What is reached by other ways than connections. */
const others = [
  `{ discussions(filter: { isAnswered: true, isClosed: false }) { nodes { author { moderatedCategories { id } representedProducts { id } discussionCount receivedUpvoteCount } } } }`,
  '{ discussions(filter: { isPinned: true }) { nodes { id } } }',
  '{ discussions(filter: { tagSlug: "shared-tag" }) { nodes { id } } }',
  '{ discussions(orderBy: NEWEST, filter: { categorySlug: "shared-category", productSlug: "shared-product" }) { nodes { id } } }',
  '{ discussions(filter: { tagSlugs: ["shared-tag", "tag-1"], anyTagSlugs: ["shared-tag", "tag-1"], isLocked: false, hasComments: true }) { nodes { id } } }',
  `{ discussions(filter: { participantId: "${BUSY_AUTHOR}" }) { nodes { id participants { id } } } }`,
  '{ categories { nodes { discussions(filter: { tagSlug: "shared-tag" }) { totalCount nodes { id } } } } tags { nodes { discussions(filter: { categorySlug: "shared-category" }) { nodes { id } } } } }',
  '{ pinnedDiscussions { id } }',
  '{ similarDiscussions(title: "How is it in a town?", body: "x") { similarity discussion { title } } }',
  '{ search(query: "tow") { suggestion isTotalCountLowerBound facets { tags { count tag { id } } } } }',
  '{ search(query: "towm category:shared-category author:@me is:pinned") { suggestion } }',
  '{ pinnedDiscussions(categorySlug: "shared-category", productSlug: "shared-product") { id } }',
  '{ discussions { nodes { comments(last: 2) { nodes { id replies(last: 2) { nodes { id } } } } revisions(last: 2) { totalCount nodes { id } } } } }',
  '{ categories { nodes { discussions(last: 1) { nodes { id } } } } products { nodes { discussions(last: 1) { nodes { id } } } } }',
  '{ discussion(externalId: "x") { id } nodes(ids: ["R_00000000000000000000000000", "V_00000000000000000000000000"]) { id } }',
  '{ discussion(slug: "what-has-many-ties") { id } category(slug: "x") { id } product(slug: "x") { id } tag(slug: "x") { id } }',
  '{ nodes(ids: ["D_00000000000000000000000000", "C_00000000000000000000000000", "A_00000000000000000000000000"]) { id } }',
];

/**
 * A whole table is read only where it is read in the order of an index, up to a page; or is as small as these. What a
 * subquery or a WITH (`r`, `u`) has found is read whole; how it was found is a step of its own.
 */
const isBounded = (step: string) =>
  !step.startsWith('SCAN') ||
  /^SCAN (json_each|CONSTANT|pin\b|t USING INDEX|m\b|f VIRTUAL TABLE INDEX \d+:.*M|[ru]\b(?! USING)|\(subquery-\d+\))/.test(
    step,
  );

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
  const ask = (query: string, token: string | null = null) =>
    askAs(forum, token, query.replace(BUSY_AUTHOR, opened.busyAuthorId));
  for (const one of CONNECTIONS) {
    const token = opened[one.only ?? 'member'];
    const selection = `totalCount pageInfo { startCursor endCursor } nodes { ${NODE_FIELDS[one.node]} }`;
    const answer = await ask(queryOf(one, 'first: 2', selection), token);
    const { pageInfo } = connectionIn(one, answer) as { pageInfo: { endCursor: string } };
    await ask(queryOf(one, `first: 2, after: "${pageInfo.endCursor}"`, selection), token);
    if (!one.isForwardOnly) await ask(queryOf(one, `last: 2, before: "${pageInfo.endCursor}"`, selection));
  }
  for (const query of others) await ask(query);
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
    // a count looks at everything that it counts, and with a filter at everything that might be counted
    if (sql.startsWith('SELECT count(*) AS "count" FROM')) continue;
    for (const { detail } of steps) if (!isBounded(detail)) unbounded.push(`${detail}: ${sql}`);
  }
  expect(unbounded).toEqual([]);
});
