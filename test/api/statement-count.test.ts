import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { threadDocument } from '../support/documents.ts';
import { type Forum, openForum } from '../support/forum.ts';

const AUTHOR = 'author { name title }';
const COMMENT = `id bodyHTML netUpvotes isAnswer url ${AUTHOR}`;

/** Every list of the contract, with what a front end shows of each row; `N` is the page size. */
const lists: Record<string, string> = {
  discussions: `{ discussions(first: N, orderBy: NEWEST) { totalCount nodes {
    title url ${AUTHOR} category { name } product { name } tags { name } pin { label pinnedBy { name } }
    commentCount lastComment { createdAgo ${AUTHOR} } answer { ${COMMENT} } viewerVote
    relatedDiscussions(first: 3) { title url commentCount discussion { title } }
    comments(first: 2) { totalCount nodes { ${COMMENT} replies(first: 2) { totalCount nodes { ${COMMENT} } } } } } } }`,
  'discussion with comments': `{ discussion(slug: "what-has-many-comments") { comments(first: N) { totalCount nodes {
    ${COMMENT} discussion { title } replyTo { id }
    replies(first: 3) { totalCount nodes { ${COMMENT} replyTo { id } replies { nodes { ${COMMENT} } } } } } } } }`,
  'related discussions': `{ discussion(slug: "what-has-many-comments") { relatedDiscussions(first: N) {
    title url createdAgo commentCount discussion { title ${AUTHOR} } } } }`,
  'discussions with edits': `{ discussions(first: N, orderBy: NEWEST) { nodes { title
    revisions(first: 3) { totalCount nodes { body editor { name } discussion { title } titleDiff { text } bodyDiff { text } } } } } }`,
  'edits of a discussion': `{ discussion(slug: "what-has-many-comments") { revisions(first: N) { totalCount nodes {
    body editor { name } discussion { title } titleDiff { text } bodyDiff { text } } } } }`,
  pinnedDiscussions: `{ pinnedDiscussions(first: N) { title ${AUTHOR} pin { label } category { name } tags { name } } }`,
  categories: `{ categories(first: N) { totalCount nodes { name discussions(first: 3) { totalCount nodes { title ${AUTHOR} } } } } }`,
  products: `{ products(first: N) { totalCount nodes { name discussions(first: 3) { totalCount nodes { title } } } } }`,
  tags: `{ tags(first: N) { totalCount nodes { name discussions(first: 3) { totalCount nodes { title } } } } }`,
  'authors of discussions': `{ discussions(first: N, orderBy: NEWEST) { nodes { author {
    moderates { name } speaksFor { name } viewerCan { update { allowed } }
    discussions(first: 2) { totalCount nodes { title } } comments(first: 2) { totalCount nodes { ${COMMENT} } } } } } }`,
};

describe.each(engines)('statements on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    const threads = Array.from({ length: 20 }, (_, n) => ({
      title: `How is it in town ${n}?`,
      product: `Product ${n}`,
      category: `Category ${n}`,
      more: [`Author id: person-${n}`, `Author name: Person ${n}`, `Tags: tag ${n}`, `Pinned: Reason ${n}`],
      comments: [
        { body: `First in ${n}`, more: [`Author id: person-${n}`, 'Accepted answer: yes'] },
        { body: `Reply in ${n}`, more: ['Reply to: Comment 1', `Author id: person-${(n + 1) % 20}`] },
      ],
      related: [{ title: `How is it in town ${(n + 1) % 20}?`, url: `https://example.com/${n}` }],
    }));
    const many = {
      title: 'What has many comments?',
      postedAt: '9 days',
      comments: Array.from({ length: 20 }, (_, n) => [
        { body: `Remark ${n}`, more: [`Author id: person-${n}`] },
        { body: `Reply ${n}`, more: [`Reply to: Comment ${2 * n + 1}`, `Author name: Guest ${n}`] },
      ]).flat(),
      related: threads.map(({ title }, n) => ({ title, url: `https://example.com/to-${n}` })),
    };
    for (const thread of [...threads, many]) await forum.load(threadDocument(thread));
    const { data } = await forum.ask('{ discussions(first: 100) { nodes { id slug } } }');
    const edit = (discussionId: string, body: string) =>
      forum.as('mod').do('updateDiscussion', { discussionId, body }, 'discussion { id }');
    for (const { id, slug } of data.discussions.nodes) {
      const edits = slug === 'what-has-many-comments' ? 20 : 1;
      for (let n = 0; n < edits; n++) await edit(id, `Edit ${n}`);
    }
  });
  afterAll(() => forum.close());

  test.each(Object.entries(lists))('%s: no more for 20 rows than for one', async (_name, query) => {
    const one = await forum.count(query.replaceAll(/\bN\b/g, '1'));
    const twenty = await forum.count(query.replaceAll(/\bN\b/g, '20'));
    expect(one.answer.errors).toBeUndefined();
    expect(twenty.answer.errors).toBeUndefined();
    expect(JSON.stringify(twenty.answer.data).length).toBeGreaterThan(
      4 * JSON.stringify(one.answer.data).length,
    );
    // fewer, where a row of the page is also what another row of it leads to
    expect(twenty.statements).toBeLessThanOrEqual(one.statements);
  });

  test('asks at most once for the authors of each level of a thread', async () => {
    const of = (author: string) => `{ discussion(slug: "what-has-many-comments") { title ${author}
      comments(first: 5) { nodes { body ${author} replies(first: 2) { nodes { body ${author} } } } } } }`;
    const without = await forum.count(of(''));
    const within = await forum.count(of(AUTHOR));
    expect(within.answer.data.discussion.comments.nodes[0].replies.nodes[0].author.name).toMatch(/^Guest/);
    expect(within.statements).toBeLessThanOrEqual(without.statements + 3);
  });
});
