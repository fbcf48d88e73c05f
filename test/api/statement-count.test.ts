import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  BUSY_AUTHOR,
  BUSY_DISCUSSION,
  type ConnectedForum,
  openConnectedForum,
} from '../support/connected-forum.ts';
import { CONNECTIONS, type ConnectionCase, queryOf, titleOf } from '../support/connections.ts';
import { engines } from '../support/database.ts';
import { NODE_FIELDS } from '../support/node-fields.ts';

/** Lists that are no connections, and what lies deeper; `N` is the size. */
const others: Record<string, string> = {
  'related discussions': `{ discussion(slug: "${BUSY_DISCUSSION}") { relatedDiscussions(first: N) {
    title url createdAgo commentCount discussion { title author { name } } } } }`,
  'what comments are below': `{ discussion(slug: "${BUSY_DISCUSSION}") { allComments(last: N) {
    nodes { position ancestors { id author { name } } } } } }`,
  'similar discussions': `{ similarDiscussions(first: N, title: "How is it in town?") { similarity discussion { title author { name } } } }`,
  pinnedDiscussions: `{ pinnedDiscussions(first: N) { ${NODE_FIELDS.Discussion} } }`,
  'discussions as structured data': `{ discussions(first: N, orderBy: NEWEST) { nodes {
    structuredData structuredDataIssues { path } asMarkdown } } }`,
  'edits of many discussions': `{ discussions(first: N, orderBy: NEWEST) { nodes { title
    revisions(first: 3) { totalCount nodes { body editor { name } discussion { title } titleDiff { text } bodyDiff { text } } } } } }`,
  'authors of discussions': `{ discussions(first: N, orderBy: NEWEST) { nodes { author {
    moderatedCategories { name } representedProducts { name } viewerCan { update { isAllowed } setRole { isAllowed } }
    discussionCount commentCount acceptedAnswerCount receivedUpvoteCount receivedDownvoteCount
    discussions(first: 2) { totalCount nodes { title } }
    comments(first: 2) { totalCount nodes { ${NODE_FIELDS.Comment} } } } } } }`,
};

const lists: [title: string, query: string, only: ConnectionCase['only']][] = [
  ...CONNECTIONS.map((one): (typeof lists)[number] => [
    titleOf(one),
    queryOf(one, 'first: N', `totalCount nodes { ${NODE_FIELDS[one.node]} }`),
    one.only,
  ]),
  ...Object.entries(others).map(([title, query]): (typeof lists)[number] => [title, query, undefined]),
];

describe.each(engines)('statements on %s', (engine) => {
  let opened: ConnectedForum;
  beforeAll(async () => {
    opened = await openConnectedForum(engine);
  });
  afterAll(() => opened.forum.close());

  describe.each(['guest', 'member'] as const)('of a %s', (asker) => {
    const count = (query: string, only: ConnectionCase['only']) => {
      const token = only ? opened[only] : asker === 'member' ? opened.member : undefined;
      return opened.forum.count(query.replace(BUSY_AUTHOR, opened.busyAuthorId), {}, token);
    };

    // one who is signed in is all that these differ by
    const asked = lists.filter(([, , only]) => asker === 'member' || only === undefined);
    test.each(asked)('%s: no more for 20 rows than for ten', async (_title, query, only) => {
      const ten = await count(query.replaceAll(/\bN\b/g, '10'), only);
      const twenty = await count(query.replaceAll(/\bN\b/g, '20'), only);
      expect(ten.answer.errors).toBeUndefined();
      expect(twenty.answer.errors).toBeUndefined();
      const sizes = [ten, twenty].map(({ answer }) => JSON.stringify(answer.data).length);
      expect(sizes[1]).toBeGreaterThan(1.3 * (sizes[0] ?? 0));
      // ten rows, because among fewer some lead to nothing that the others do lead to; fewer, where a row of the page is also what another row of it leads to
      expect(twenty.statements).toBeLessThanOrEqual(ten.statements);
    });
  });
});
