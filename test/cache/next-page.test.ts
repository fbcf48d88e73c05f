// A page reads one row more than it shows, to know whether there is a next one. What is shown of that row is nothing: so
// a page stays cached while that row changes, and goes when it comes, goes, or changes its place or its list.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { type Forum, openForum } from '../support/forum.ts';
import { type CachingServer, startCaching } from './caching-server.ts';

const PAGE = 'nodes { title } pageInfo { hasNextPage hasPreviousPage }';
const LIST = `query ($order: DiscussionOrder!) { discussions(first: 1, orderBy: $order) { ${PAGE} } }`;
const LAST = `{ discussions(last: 1, orderBy: NEWEST) { ${PAGE} } }`;
const NONE = `{ discussions(first: 0, orderBy: NEWEST) { ${PAGE} } }`;
/** Of all categories at once: one statement for several lists. */
const SHELVES = `{ categories(first: 9) { nodes { discussions(first: 1, orderBy: NEWEST) { ${PAGE} } } } }`;
const THREAD = `query ($id: ID!) { discussion(id: $id) {
  comments(first: 1, orderBy: OLDEST) { nodes { body replies(first: 1, orderBy: OLDEST) { nodes { body } pageInfo { hasNextPage } } }
    pageInfo { hasNextPage } } } }`;

describe.each(engines)('a cached page on %s', (engine) => {
  let forum: Forum;
  let server: CachingServer;
  let categories: string[];
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    server = await startCaching(forum.db);
    categories = [];
    for (const name of ['One', 'Two']) {
      const { data } = await forum.as('mod').do('createCategory', { name }, 'category { id }');
      categories.push(data.createCategory.category.id);
    }
  });
  afterAll(async () => {
    await server.close();
    await forum.close();
  });

  /** In the order of their times. */
  async function start(title: string, categoryId: string | undefined = categories[0]): Promise<string> {
    forum.wait(1_000);
    const input = { title, body: 'Why?', categoryId };
    return (await forum.as('ada').do('createDiscussion', input, 'discussion { id }')).data.createDiscussion
      .discussion.id;
  }
  async function add(discussionId: string, replyToId?: string): Promise<string> {
    forum.wait(1_000);
    const input = { discussionId, body: 'So.', ...(replyToId && { replyToId }) };
    return (await forum.as('ben').do('addComment', input, 'comment { id }')).data.addComment.comment.id;
  }
  const vote = async (subjectId: string, who = 'cleo') =>
    expect(
      (await forum.as(who).do('setVote', { subjectId, direction: 'UP' }, 'subject { id }')).errors,
    ).toBeUndefined();

  /** Whether an answer was cached; it must be as a server without a cache gives it. */
  async function isCached(query: string, variables: Record<string, unknown> = {}): Promise<boolean> {
    const { text, statements } = await server.ask(query, variables);
    expect(JSON.parse(text)).toEqual(await forum.ask(query, variables));
    return statements === 0;
  }
  const allOf = async (questions: readonly (readonly [string, Record<string, unknown>?])[]) => {
    const cached: boolean[] = [];
    for (const [query, variables] of questions) cached.push(await isCached(query, variables));
    return cached;
  };

  test('stays when the row after it is voted on, edited or talked about, in every order that this does not touch', async () => {
    const below = await start('Below');
    const ahead = await start('Ahead');
    await start('Shown');
    for (const who of ['dora', 'ben']) await vote(below, who);
    const questions = [[LIST, { order: 'NEWEST' }], [NONE], [SHELVES]] as const;
    await allOf(questions);
    expect(await allOf(questions)).toEqual([true, true, true]);
    await vote(ahead);
    await add(ahead);
    const edit = { discussionId: ahead, title: 'Ahead of it' };
    await forum.as('ada').do('updateDiscussion', edit, 'discussion { id }');
    expect(await allOf(questions)).toEqual([true, true, true]);
    // from its other end: the one before the oldest
    await allOf([[LAST]]);
    await vote(ahead, 'dora');
    expect(await allOf([[LAST]])).toEqual([true]);
  });

  test('of a thread stays when the comment or reply after it is voted on, and goes when that is removed', async () => {
    const id = await start('Thread');
    const shown = await add(id);
    const [ahead, , aheadBelow] = [await add(id), await add(id, shown), await add(id, shown)];
    const question = [[THREAD, { id }]] as const;
    await allOf(question);
    for (const subject of [ahead, aheadBelow]) await vote(subject);
    expect(await allOf(question)).toEqual([true]);
    for (const commentId of [aheadBelow, ahead]) {
      await forum.as('ben').do('deleteComment', { commentId }, 'deletedCommentId');
      expect(await allOf(question)).toEqual([false]);
    }
  });

  test('goes when the row after it is deleted, comes back, takes its place or leaves the list', async () => {
    const moderator = forum.as('mod');
    const ahead = await start('To go', categories[1]);
    const shown = await start('To stay', categories[1]);
    await vote(shown, 'dora');
    const questions = [[LIST, { order: 'NEWEST' }], [LIST, { order: 'ACTIVE' }], [SHELVES]] as const;
    const nextOf = async () => {
      const { data } = await forum.ask(SHELVES);
      return data.categories.nodes[1].discussions.pageInfo.hasNextPage;
    };
    const changes: [() => Promise<unknown>, readonly boolean[], boolean][] = [
      [
        () => moderator.do('deleteDiscussion', { discussionId: ahead }, 'deletedDiscussionId'),
        [false, false, false],
        false,
      ],
      [
        () => moderator.do('restoreDiscussion', { discussionId: ahead }, 'discussion { id }'),
        [false, false, false],
        true,
      ],
      // the newest comment makes it the first of the active ones
      [() => add(ahead), [true, false, true], true],
      [
        () =>
          moderator.do(
            'updateDiscussion',
            { discussionId: ahead, categoryId: categories[0] },
            'discussion { id }',
          ),
        // it is shown among the active ones
        [true, false, false],
        false,
      ],
    ];
    for (const [change, kept, hasNext] of changes) {
      await allOf(questions);
      await change();
      expect(await allOf(questions)).toEqual(kept);
      expect(await nextOf()).toBe(hasNext);
    }
  });

  test('of a tag or a product goes when the row after it leaves it', async () => {
    const made = async (mutation: string, kind: string, name: string) =>
      (await forum.as('mod').do(mutation, { name }, `${kind} { id slug }`)).data[mutation][kind];
    const [tag, product] = [
      await made('createTag', 'tag', 'Tag'),
      await made('createProduct', 'product', 'Thing'),
    ];
    const place = async (discussionId: string, input: object) =>
      expect(
        (await forum.as('ada').do('updateDiscussion', { discussionId, ...input }, 'discussion { id }'))
          .errors,
      ).toBeUndefined();
    const ahead = await start('Leaves');
    for (const id of [ahead, await start('Remains')])
      await place(id, { tagSlugs: [tag.slug], productId: product.id });
    const questions = ['tags', 'products'].map(
      (lists) =>
        [`{ ${lists}(first: 9) { nodes { discussions(first: 1, orderBy: NEWEST) { ${PAGE} } } } }`] as const,
    );
    await allOf(questions);
    await vote(ahead);
    expect(await allOf(questions)).toEqual([true, true]);
    await place(ahead, { tagSlugs: [] });
    expect(await allOf(questions)).toEqual([false, true]);
    await place(ahead, { productId: null });
    expect(await allOf(questions)).toEqual([true, false]);
    const [{ data }] = [await forum.ask(questions[0]?.[0] ?? '')];
    expect(data.tags.nodes[0].discussions.pageInfo.hasNextPage).toBe(false);
  });
});
