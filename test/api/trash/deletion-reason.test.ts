import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';

const TRASH = `{ viewer { deletedDiscussions { nodes { discussionId deletionReason } }
  deletedComments { nodes { commentId deletionReason } } } }`;

describe.each(engines)('the reason for a deletion on %s', (engine) => {
  let forum: Forum;
  let discussionId: string;
  let commentId: string;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    for (const name of ['ada', 'ben', 'mod']) await forum.as(name).token();
  });
  afterAll(() => forum.close());
  beforeEach(async () => {
    forum.wait(1000);
    const made = await forum
      .as('ada')
      .do('createDiscussion', { title: 'Q', body: 'Why?' }, 'discussion { id }');
    discussionId = made.data.createDiscussion.discussion.id;
    const said = await forum.as('ben').do('addComment', { discussionId, body: 'So.' }, 'comment { id }');
    commentId = said.data.addComment.comment.id;
  });

  const remove = {
    discussion: (by: string, input: object = {}) =>
      forum.as(by).do('deleteDiscussion', { discussionId, ...input }, 'deletedDiscussionId'),
    comment: (by: string, input: object = {}) =>
      forum.as(by).do('deleteComment', { commentId, ...input }, 'deletedCommentId comment { id }'),
  };
  const restore = {
    discussion: (by: string) => forum.as(by).do('restoreDiscussion', { discussionId }, 'clientMutationId'),
    comment: (by: string) => forum.as(by).do('restoreComment', { commentId }, 'clientMutationId'),
  };
  const kinds = ['discussion', 'comment'] as const;
  /** Null if it is not in the trash of this viewer. */
  const reasonOf = async (kind: (typeof kinds)[number], who: string) => {
    const { data } = await forum.as(who).ask(TRASH);
    const entry =
      kind === 'discussion'
        ? data.viewer.deletedDiscussions.nodes.find(
            (one: { discussionId: string }) => one.discussionId === discussionId,
          )
        : data.viewer.deletedComments.nodes.find((one: { commentId: string }) => one.commentId === commentId);
    return entry ? { reason: entry.deletionReason } : null;
  };

  describe.each(kinds)('of a %s', (kind) => {
    test('is trimmed, and shown to those who can restore it alone', async () => {
      expect((await remove[kind]('mod', { reason: '  Spam: böse  ' })).errors).toBeUndefined();
      expect(await reasonOf(kind, 'mod')).toEqual({ reason: 'Spam: böse' });
      expect(await reasonOf(kind, 'ada')).toBeNull();
      expect(await reasonOf(kind, 'ben')).toBeNull();
    });

    test('is null if none is given', async () => {
      await remove[kind]('mod', { reason: null });
      expect(await reasonOf(kind, 'mod')).toEqual({ reason: null });
    });

    test('goes when it is restored', async () => {
      await remove[kind]('mod', { reason: 'By mistake' });
      expect((await restore[kind]('mod')).errors).toBeUndefined();
      expect(JSON.stringify(await rowsOf(forum.db))).not.toContain('By mistake');
      await remove[kind]('mod');
      expect(await reasonOf(kind, 'mod')).toEqual({ reason: null });
    });

    test.each([
      ['is longer than 500 characters', 'x'.repeat(501)],
      ['is blank', ' \u3164 '],
      ['has two lines', 'One\nTwo'],
      ['reverses text', 'a\u202Eb'],
      ['contains U+0000', 'a\0b'],
    ])('is refused if it %s, and nothing is written', async (_, reason) => {
      const before = await rowsOf(forum.db);
      const refusal = { code: 'BAD_USER_INPUT', field: 'input.reason' };
      expect(refusalOf(await remove[kind]('mod', { reason }))).toEqual(refusal);
      expect(await rowsOf(forum.db)).toEqual(before);
    });
  });

  test('of a discussion stays as it is when a deletion is repeated with another', async () => {
    await remove.discussion('mod', { reason: 'First' });
    expect((await remove.discussion('mod', { reason: 'Second' })).errors).toBeUndefined();
    expect(await reasonOf('discussion', 'mod')).toEqual({ reason: 'First' });
  });

  test('appears in no tombstone, and its author sees it if they gave it themselves', async () => {
    await forum
      .as('ada')
      .do('addComment', { discussionId, replyToId: commentId, body: 'Oh' }, 'comment { id }');
    const removed = await remove.comment('ben', { reason: 'A secret of mine' });
    expect(removed.data.deleteComment.comment).toEqual({ id: commentId });
    expect(await reasonOf('comment', 'ben')).toEqual({ reason: 'A secret of mine' });
    const query =
      'query ($id: ID!) { node(id: $id) { ... on Comment { body bodyHTML bodyText isDeleted } } }';
    expect(JSON.stringify(await forum.ask(query, { id: commentId }))).not.toContain('secret');
  });
});
