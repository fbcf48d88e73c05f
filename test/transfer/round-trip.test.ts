import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reindex } from '../../src/forum/search/index.ts';
import { openConnectedForum } from '../support/connected-forum.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Forum, openForum } from '../support/forum.ts';
import { rowsOf } from '../support/rows.ts';
import { changesOf, done, exported, imported, recordsIn } from './transfers.ts';

/** A forum in which every kind of record is, and every member that a record can have. */
async function openFullForum(engine: (typeof engines)[number]): Promise<Forum> {
  const { forum } = await openConnectedForum(engine, 3);
  const [mod, ada, ben] = [forum.as('mod'), forum.as('ada'), forum.as('ben')];
  let pages = 0;
  const ask = async (title: string) =>
    (
      await done(
        ada,
        'createDiscussion',
        { title, body: `Asked by @ada: **${title}**`, externalId: `page:${++pages}` },
        'discussion { id }',
      )
    ).createDiscussion.discussion.id;
  const say = async (discussionId: string, body: string, replyToId?: string) =>
    (await done(ben, 'addComment', { discussionId, body, replyToId }, 'comment { id }')).addComment.comment
      .id;
  const [first, second, third] = [await ask('Which one?'), await ask('Which one?'), await ask('Is it gone?')];
  const top = await say(first, 'A secret that was deleted');
  await say(first, 'A reply that stays', top);
  await say(first, 'Another secret that was deleted with no reply');
  const edited = await say(first, 'A wording that was redacted');
  await done(ben, 'updateComment', { commentId: edited, body: 'A better wording' }, 'comment { id }');
  await done(mod, 'redactCommentRevision', { commentId: edited, revision: 1 }, 'comment { id }');
  await done(
    mod,
    'updateDiscussion',
    { discussionId: first, title: 'Which one is it?' },
    'discussion { id }',
  );
  await done(ada, 'setVote', { subjectId: top, direction: 'UP' }, 'subject { id }');
  await done(ben, 'setVote', { subjectId: first, direction: 'DOWN' }, 'subject { id }');
  await done(mod, 'deleteComment', { commentId: top, reason: 'A secret reason' }, 'comment { id }');
  await done(
    mod,
    'pinDiscussion',
    { discussionId: first, label: 'Read this', position: 2 },
    'discussion { id }',
  );
  await done(mod, 'lockDiscussion', { discussionId: second, reason: 'SPAM' }, 'discussion { id }');
  await done(mod, 'markDuplicate', { discussionId: second, originalId: first }, 'discussion { id }');
  await done(
    mod,
    'deleteDiscussion',
    { discussionId: third, reason: 'A secret reason' },
    'deletedDiscussionId',
  );
  await done(
    mod,
    'addRelatedDiscussion',
    { discussionId: first, relatedDiscussionId: second },
    'discussion { id }',
  );
  return forum;
}

describe.each(engines)('a forum on %s', (engine) => {
  let forum: Forum;
  const targets: TestDatabase[] = [];
  const open = async (on: (typeof engines)[number]) => {
    const target = await openTestDatabase(on);
    targets.push(target);
    return target;
  };

  beforeAll(async () => {
    forum = await openFullForum(engine);
  });

  afterAll(async () => {
    for (const target of targets) await target.close();
    await forum.close();
  });

  test('holds a record of every type', async () => {
    const types = new Set(recordsIn(await exported(forum.databaseUrl)).map(({ type }) => type));
    expect([...types].sort()).toEqual(
      [
        ...['answer', 'author', 'category', 'comment', 'discussion', 'duplicate', 'forum', 'link', 'product'],
        ...['revision', 'split', 'tag', 'vote'],
      ].sort(),
    );
  });

  test.each(engines)(
    'is byte for byte the same after it was imported on %s and exported again',
    async (on) => {
      const text = await exported(forum.databaseUrl);
      const target = await open(on);
      const { omitted } = await imported(target.db, text);
      expect(omitted).toEqual({});
      expect(await exported(target.url)).toBe(text);
      expect(await exported(target.url, 'guest')).toBe(await exported(forum.databaseUrl, 'guest'));
    },
  );

  test('is unchanged by a second import of the same export, or by the import of its own', async () => {
    const text = await exported(forum.databaseUrl);
    const target = await open(engine);
    await imported(target.db, text);
    for (const db of [target.db, forum.db]) {
      const before = await rowsOf(db);
      expect(changesOf(await imported(db, text))).toBe(0);
      expect(await rowsOf(db)).toEqual(before);
    }
  });

  test('is indexed for search as a new index would be', async () => {
    const target = await open(engine);
    await imported(target.db, await exported(forum.databaseUrl));
    // numbers depend on the order of writing among texts of one time
    const words = async () =>
      (await rowsOf(target.db))
        .filter((row) => /^search_(?:word|gram)/.test(row))
        .map((row) => row.replace(/,"n":.*/, ''));
    const before = await words();
    await reindex(target.db);
    expect(await words()).toEqual(before);
  });

  test('shows the same pages to guests', async () => {
    const query = `{ discussions(first: 20, orderBy: NEWEST) { totalCount nodes { id slug title bodyHTML netUpvotes commentCount
      lastActivityAt answer { id } tags { name } category { name } product { name } relatedDiscussions(first: 9) { title discussion { id } }
      allComments(first: 50) { nodes { id bodyHTML isDeleted netUpvotes depth author { name handle } } } } } }`;
    const text = await exported(forum.databaseUrl);
    const target = await openForum(engine, 'empty');
    try {
      await imported(target.db, text);
      const here = await forum.ask(query);
      expect(here.errors).toBeUndefined();
      expect(await target.ask(query)).toEqual(here);
    } finally {
      await target.close();
    }
  });
});
