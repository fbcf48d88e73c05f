import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../../src/store/ids.ts';
import { change, statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { CAPTURED_AT, type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';

const ADDED = 'bookmarkEdge { cursor node { id createdAt } } discussion { id viewerHasBookmarked }';
const REMOVED = 'removedBookmarkId discussion { id viewerHasBookmarked }';
const LIST =
  '{ viewer { bookmarks(first: 100) { totalCount edges { cursor node { id createdAt discussion { id } } } } } }';
const NODE = 'query ($id: ID!) { node(id: $id) { id } }';
const STORED = statement<{ authorId: string; discussionId: string }>(
  'test.bookmarks',
  'SELECT author_id AS "authorId", discussion_id AS "discussionId" FROM bookmark',
);
const COPY_DISCUSSION = change(
  'test.copyDiscussion',
  (d) => `INSERT INTO discussion
      (id, slug, title, title_key, body, body_html, body_text, created_at, last_activity_at)
    SELECT p.value, p.value, title, title_key, body, body_html, body_text, created_at, last_activity_at
      FROM ${d.eachOf('p')} CROSS JOIN discussion WHERE id = ?`,
  { table: 'discussion', sets: null, by: [null, null] },
);
const BOOKMARK_EACH = change(
  'test.bookmarkEach',
  (d) => `INSERT INTO bookmark (id, author_id, discussion_id, created_at)
    SELECT p.value, a.id, p.value, a.created_at FROM ${d.eachOf('p')} CROSS JOIN author a WHERE a.id = ?`,
  { table: 'bookmark', sets: null, by: [null, null] },
);

describe.each(engines)('bookmarks on %s', (engine) => {
  let forum: Forum;
  let discussionId: string;
  let people = 0;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(() => forum.close());
  beforeEach(async () => {
    discussionId = await start('Is it so?');
  });

  const start = async (title: string): Promise<string> =>
    (await forum.as('ada').do('createDiscussion', { title, body: 'B' }, 'discussion { id }')).data
      .createDiscussion.discussion.id;
  const newcomer = () => forum.as(`reader ${++people}`);
  type Person = ReturnType<typeof newcomer>;
  const add = async (who: Person, id = discussionId) =>
    (await who.do('addBookmark', { discussionId: id }, ADDED)).data.addBookmark;
  const remove = async (who: Person, id = discussionId) =>
    (await who.do('removeBookmark', { discussionId: id }, REMOVED)).data.removeBookmark;
  const listOf = async (who: Person) => (await who.ask(LIST)).data.viewer.bookmarks;
  const listedIn = async (who: Person) => {
    const { totalCount, edges } = await listOf(who);
    expect(totalCount).toBe(edges.length);
    return edges.map(({ node }: { node: { discussion: { id: string } } }) => node.discussion.id);
  };

  test('are added with the edge that the list then has, and listed newest first', async () => {
    const who = newcomer();
    const second = await start('And this?');
    const added = await add(who);
    expect(added).toEqual({
      bookmarkEdge: {
        cursor: expect.any(String),
        node: { id: expect.stringMatching(/^B_/), createdAt: CAPTURED_AT.toISOString() },
      },
      discussion: { id: discussionId, viewerHasBookmarked: true },
    });
    const later = await add(who, second);
    expect(await listOf(who)).toEqual({
      totalCount: 2,
      edges: [
        { ...later.bookmarkEdge, node: { ...later.bookmarkEdge.node, discussion: { id: second } } },
        { ...added.bookmarkEdge, node: { ...added.bookmarkEdge.node, discussion: { id: discussionId } } },
      ],
    });
    expect((await who.ask(NODE, { id: added.bookmarkEdge.node.id })).data.node).toEqual({
      id: added.bookmarkEdge.node.id,
    });
  });

  test('are kept once, however often and at once the same one is added', async () => {
    const who = newcomer();
    await who.token();
    const answers = await Promise.all(Array.from({ length: 50 }, () => add(who)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await listedIn(who)).toEqual([discussionId]);
    const before = await rowsOf(forum.db);
    expect(await add(who)).toEqual(answers[0]);
    expect(await rowsOf(forum.db)).toEqual(before);
  });

  test('are removed once; removing one that is not there changes nothing and succeeds', async () => {
    const [who, other] = [newcomer(), newcomer()];
    const { id } = (await add(who)).bookmarkEdge.node;
    await add(other);
    const answers = await Promise.all(Array.from({ length: 20 }, () => remove(who)));
    const removed = answers.map((answer) => answer.removedBookmarkId);
    expect(removed.filter((one) => one !== null)).toEqual([id]);
    expect(answers[0].discussion).toEqual({ id: discussionId, viewerHasBookmarked: false });
    const before = await rowsOf(forum.db);
    expect(await remove(who)).toMatchObject({ removedBookmarkId: null });
    expect(await rowsOf(forum.db)).toEqual(before);
    expect([await listedIn(who), await listedIn(other)]).toEqual([[], [discussionId]]);
  });

  test('end as they would one after the other while they are added and removed at once', async () => {
    const who = newcomer();
    await who.token();
    await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 ? add(who) : remove(who))));
    const last = await add(who);
    expect(await listedIn(who)).toEqual([discussionId]);
    const authorId = (await who.id()).slice(2);
    const stored = (await forum.db.read.all(STORED, [])).filter((row) => row.authorId === authorId);
    expect(stored).toEqual([{ authorId, discussionId: discussionId.slice(2) }]);
    expect((await remove(who)).removedBookmarkId).toBe(last.bookmarkEdge.node.id);
  });

  test('of a deleted discussion are neither listed, counted nor found, until it is restored', async () => {
    const who = newcomer();
    const other = await start('Another?');
    const { id } = (await add(who)).bookmarkEdge.node;
    await add(who, other);
    await forum.as('ada').do('deleteDiscussion', { discussionId }, 'deletedDiscussionId');
    expect(await listedIn(who)).toEqual([other]);
    expect(refusalOf(await who.ask(NODE, { id }))).toEqual({ code: 'NOT_FOUND', field: 'id' });
    const refused = { code: 'NOT_FOUND', field: 'input.discussionId' };
    const send = (by: Person, mutation: string) => by.do(mutation, { discussionId }, 'discussion { id }');
    expect(refusalOf(await send(who, 'addBookmark'))).toEqual(refused);
    expect(refusalOf(await send(newcomer(), 'removeBookmark'))).toEqual(refused);
    await forum.as('ada').do('restoreDiscussion', { discussionId }, 'discussion { id }');
    expect(await listedIn(who)).toEqual([other, discussionId]);
    expect((await who.ask(NODE, { id })).data.node).toEqual({ id });
  });

  test('of a deleted discussion can be removed, by who has one', async () => {
    const who = newcomer();
    const { id } = (await add(who)).bookmarkEdge.node;
    await forum.as('ada').do('deleteDiscussion', { discussionId }, 'deletedDiscussionId');
    expect(await remove(who)).toEqual({ removedBookmarkId: id, discussion: null });
    const again = await who.do('removeBookmark', { discussionId }, REMOVED);
    expect(refusalOf(again)).toEqual({ code: 'NOT_FOUND', field: 'input.discussionId' });
    await forum.as('ada').do('restoreDiscussion', { discussionId }, 'discussion { id }');
    expect(await listedIn(who)).toEqual([]);
  });

  test('are never left half added when the discussion is deleted at the same time', async () => {
    const readers = Array.from({ length: 20 }, newcomer);
    await Promise.all(readers.map((who) => who.token()));
    const answers = await Promise.all([
      ...readers.map((who) => who.do('addBookmark', { discussionId }, ADDED)),
      forum.as('ada').do('deleteDiscussion', { discussionId }, 'deletedDiscussionId'),
    ]);
    const stored = (await forum.db.read.all(STORED, [])).filter(
      (row) => `D_${row.discussionId}` === discussionId,
    );
    const refused = answers.filter(({ errors }) => errors !== undefined);
    for (const answer of refused) expect(refusalOf(answer).code).toBe('NOT_FOUND');
    expect(stored).toHaveLength(readers.length - refused.length);
    for (const who of readers) expect(await listedIn(who)).toEqual([]);
  });

  test('are their owner’s alone: to others one is as unknown as an id of nothing', async () => {
    const [owner, other] = [newcomer(), newcomer()];
    const { id } = (await add(owner)).bookmarkEdge.node;
    const unknown = 'B_00000000000000000000000000';
    for (const ask of [forum.ask, other.ask, forum.as('mod').ask, forum.as('root').ask]) {
      const [hidden, nothing] = [await ask(NODE, { id }), await ask(NODE, { id: unknown })];
      expect(JSON.stringify(hidden).replaceAll(id, unknown)).toBe(JSON.stringify(nothing));
      expect(refusalOf(hidden)).toEqual({ code: 'NOT_FOUND', field: 'id' });
    }
    expect(await listedIn(other)).toEqual([]);
    const has = 'query ($id: ID!) { discussion(id: $id) { viewerHasBookmarked } }';
    const seen = await Promise.all(
      [owner.ask, other.ask, forum.ask].map((ask) => ask(has, { id: discussionId })),
    );
    expect(seen.map(({ data }) => data.discussion.viewerHasBookmarked)).toEqual([true, false, false]);
  });

  test('refuse guests, keys that only read and what is not there, and write nothing', async () => {
    const who = newcomer();
    const token = await who.keyWith(['READ']);
    const before = await rowsOf(forum.db);
    const unknown = { discussionId: 'D_00000000000000000000000000' };
    const author = { discussionId: await who.id() };
    for (const mutation of ['addBookmark', 'removeBookmark']) {
      const send = (sent: object, by?: string) => forum.do(mutation, { ...sent }, 'discussion { id }', by);
      const key = await who.token();
      const field = 'input.discussionId';
      expect(refusalOf(await send({ discussionId }))).toEqual({ code: 'UNAUTHENTICATED' });
      expect(refusalOf(await send({ discussionId }, token))).toEqual({ code: 'FORBIDDEN' });
      expect(refusalOf(await send(unknown, key))).toEqual({ code: 'NOT_FOUND', field });
      expect(refusalOf(await send(author, key))).toEqual({ code: 'NOT_FOUND', field });
    }
    expect(await rowsOf(forum.db)).toEqual(before);
    expect(await forum.ask(LIST)).toEqual({ data: { viewer: null } });
    expect((await forum.askWith(token, LIST)).data.viewer.bookmarks.edges).toEqual([]);
  });

  test('have a maximum of 10,000 for each author, which those that come at once do not exceed', async () => {
    const who = newcomer();
    const authorId = (await who.id()).slice(2);
    const two = [await start('The last?'), await start('One too many?')];
    const ids = Array.from({ length: 9_999 }, () => newId(CAPTURED_AT));
    await forum.db.transaction(async (tx) => {
      await tx.run(COPY_DISCUSSION, [ids, discussionId.slice(2)]);
      await tx.run(BOOKMARK_EACH, [ids, authorId]);
    });
    const answers = await Promise.all(
      two.map((id) => who.do('addBookmark', { discussionId: id }, 'discussion { id }')),
    );
    const refused = answers.filter(({ errors }) => errors !== undefined);
    expect(refused.map(refusalOf)).toEqual([{ code: 'BAD_USER_INPUT', field: 'input.discussionId' }]);
    expect((await who.ask('{ viewer { bookmarks { totalCount } } }')).data.viewer.bookmarks.totalCount).toBe(
      10_000,
    );
  });

  test('cost a guest’s page no statement, and a member’s page of any length one', async () => {
    const who = newcomer();
    await add(who);
    const page = (fields: string) => `{ discussions(first: 20, orderBy: NEWEST) { nodes { id ${fields} } } }`;
    const counted = async (fields: string, token?: string) =>
      (await forum.count(page(fields), {}, token)).statements;
    const token = await who.token();
    await counted('', token);
    expect(await counted('viewerHasBookmarked')).toBe(await counted(''));
    expect(await counted('viewerHasBookmarked', token)).toBe((await counted('', token)) + 1);
  });
});
