import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { type Actor, type Fixture, openFixture } from './fixture.ts';

const FORBIDDEN = { code: 'FORBIDDEN', field: 'input.commentId' };
const NOT_FOUND = { code: 'NOT_FOUND', field: 'input.commentId' };
const PAYLOAD = 'comment { id isDeleted body descendantCount } discussion { commentCount isAnswered }';

describe.each(engines)('deleteComment and restoreComment on %s', (engine) => {
  let forum: Forum;
  let fixture: Fixture;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    fixture = await openFixture(forum);
  });
  afterAll(() => forum.close());

  const remove = (who: Actor, commentId: string) =>
    fixture.do(who, 'deleteComment', { commentId }, `deletedCommentId ${PAYLOAD}`);
  const restore = (who: Actor, commentId: string) =>
    fixture.do(who, 'restoreComment', { commentId }, PAYLOAD);
  async function refuses(act: () => ReturnType<Fixture['do']>, expected: object) {
    const before = await fixture.rows();
    expect(refusalOf(await act())).toEqual(expected);
    expect(await fixture.rows()).toEqual(before);
  }

  test('one without replies is gone everywhere, and is restored unchanged', async () => {
    const commentId = await fixture.say('ben', 'Gone and back');
    await fixture.do('cleo', 'setVote', { subjectId: commentId, direction: 'UP' });
    await fixture.do('mod', 'updateComment', { commentId, isVerifiedUser: true });
    const fields = 'body netUpvotes isVerifiedUser revision author { name } depth';
    const was = await fixture.see(commentId, fields);
    const listed = () =>
      forum.ask(
        `query ($id: ID!, $author: ID!) { node(id: $id) { ... on Discussion { commentCount comments { totalCount nodes { id } } } }
          author(id: $author) { comments { totalCount } } }`,
        { id: fixture.discussionId, author: benId },
      );
    const benId = await forum.as('ben').id();
    const before = await listed();
    const { data } = await remove('ben', commentId);
    expect(data.deleteComment).toEqual({
      ...{ deletedCommentId: commentId, comment: null },
      discussion: { commentCount: before.data.node.commentCount - 1, isAnswered: false },
    });
    expect(await fixture.see(commentId, fields)).toBeNull();
    const after = await listed();
    expect(after.data.node.comments.totalCount).toBe(before.data.node.comments.totalCount - 1);
    expect(after.data.author.comments.totalCount).toBe(before.data.author.comments.totalCount - 1);
    expect(await fixture.findings()).toEqual([]);
    expect((await restore('ben', commentId)).errors).toBeUndefined();
    expect(await fixture.see(commentId, fields)).toEqual(was);
    expect(await listed()).toEqual(before);
    expect(await fixture.findings()).toEqual([]);
  });

  test('one with replies keeps a veiled place, until the last reply goes', async () => {
    const top = await fixture.say('ben', 'Top');
    const middle = await fixture.say('cleo', 'Middle', top);
    const leaf = await fixture.say('ben', 'Leaf', middle);
    expect((await remove('ben', top)).data.deleteComment.comment).toEqual({
      ...{ id: top, isDeleted: true, body: '', descendantCount: 2 },
    });
    await remove('cleo', middle);
    expect(await fixture.findings()).toEqual([]);
    const veiled =
      'isDeleted body bodyHTML author { name } descendantCount replies { totalCount nodes { id } }';
    expect(await fixture.see(top, `${veiled} revisions { totalCount nodes { body } }`)).toEqual({
      ...{ isDeleted: true, body: '', bodyHTML: '', author: null, descendantCount: 1 },
      replies: { totalCount: 1, nodes: [{ id: middle }] },
      revisions: { totalCount: 0, nodes: [] },
    });
    await remove('ben', leaf);
    for (const id of [top, middle, leaf]) expect(await fixture.see(id, 'id')).toBeNull();
    expect(await fixture.findings()).toEqual([]);
    expect((await restore('ben', leaf)).errors).toBeUndefined();
    expect(await fixture.see(top, 'isDeleted descendantCount')).toEqual({
      isDeleted: true,
      descendantCount: 1,
    });
    await restore('cleo', middle);
    await restore('ben', top);
    expect(await fixture.see(top, 'isDeleted descendantCount')).toEqual({
      isDeleted: false,
      descendantCount: 2,
    });
    expect(await fixture.findings()).toEqual([]);
  });

  test('a veiled comment with another reply stays a reply of the one above it', async () => {
    const top = await fixture.say('ben', 'Top');
    const veiled = await fixture.say('cleo', 'Veiled', top);
    const [one, other] = [await fixture.say('ben', 'One', veiled), await fixture.say('ben', 'Other', veiled)];
    await remove('cleo', veiled);
    const counts = () => fixture.see(top, 'descendantCount replies { totalCount nodes { id } }');
    const listed = { totalCount: 1, nodes: [{ id: veiled }] };
    expect(await counts()).toEqual({ descendantCount: 2, replies: listed });
    await remove('ben', one);
    expect(await counts()).toEqual({ descendantCount: 1, replies: listed });
    await restore('ben', one);
    expect(await counts()).toEqual({ descendantCount: 2, replies: listed });
    await remove('ben', one);
    await remove('ben', other);
    expect(await counts()).toEqual({ descendantCount: 0, replies: { totalCount: 0, nodes: [] } });
    expect(await fixture.findings()).toEqual([]);
  });

  test('the answer, once deleted, is the answer no longer, even when it comes back', async () => {
    const commentId = await fixture.say('ben', 'The answer');
    await fixture.do('ada', 'markCommentAsAnswer', { commentId });
    expect((await remove('mod', commentId)).data.deleteComment.discussion.isAnswered).toBe(false);
    const [discussion] = ((await fixture.rows()) as { discussions: object[] }).discussions;
    expect(discussion).toMatchObject({
      ...{ answerId: null, answeredAt: null, answeredById: null, answerRevision: null },
    });
    expect((await restore('mod', commentId)).data.restoreComment.discussion.isAnswered).toBe(false);
    expect(await fixture.findings()).toEqual([]);
  });

  test.each<[Actor, object]>([
    [null, { code: 'UNAUTHENTICATED' }],
    ['cleo', FORBIDDEN],
    ['ada', FORBIDDEN],
    ['vic', FORBIDDEN],
    ['moira', FORBIDDEN],
  ])('refuses %s another’s comment, and writes nothing', async (who, expected) => {
    const commentId = await fixture.say('ben', 'Mine');
    await refuses(() => remove(who, commentId), expected);
    const below = await fixture.say('cleo', 'Below', commentId);
    await remove('ben', commentId);
    await refuses(() => restore(who, commentId), expected);
    await remove('cleo', below);
    // gone: who may not restore it cannot tell that it ever was
    await refuses(() => restore(who, commentId), who === null ? expected : NOT_FOUND);
  });

  test('an author does not undo what a moderator deleted', async () => {
    const commentId = await fixture.say('ben', 'Rude');
    const below = await fixture.say('cleo', 'Indeed', commentId);
    await remove('mod', commentId);
    await refuses(() => restore('ben', commentId), FORBIDDEN);
    await remove('cleo', below);
    await refuses(() => restore('ben', commentId), NOT_FOUND);
    expect((await restore('root', commentId)).data.restoreComment.comment.body).toBe('Rude');
  });

  test('a repeat answers the same and writes nothing, whether or not the comment has replies', async () => {
    const commentId = await fixture.say('ben', 'Once');
    const below = await fixture.say('cleo', 'Below', commentId);
    const repeats = async (act: () => ReturnType<Fixture['do']>) => {
      const first = await act();
      expect(first.errors).toBeUndefined();
      const rows = await fixture.rows();
      expect(await act()).toEqual(first);
      expect(await fixture.rows()).toEqual(rows);
    };
    await repeats(() => remove('ben', commentId));
    await repeats(() => restore('ben', commentId));
    await repeats(() => remove('cleo', below));
    await repeats(() => remove('ben', commentId));
    await refuses(() => remove('cleo', commentId), NOT_FOUND);
    await refuses(() => remove('mod', 'C_00000000000000000000000000'), NOT_FOUND);
    await repeats(() => restore('ben', commentId));
    expect(await fixture.findings()).toEqual([]);
  });

  test('what its author and then a moderator deleted, only moderators restore', async () => {
    const commentId = await fixture.say('ben', 'Regretted');
    await remove('ben', commentId);
    const reason = 'Insulting';
    const answer = await fixture.do('mod', 'deleteComment', { commentId, reason });
    expect(answer.errors).toBeUndefined();
    const DELETED =
      'query ($id: ID!) { viewer { deletedComment(commentId: $id) { deletionReason deletedBy { name } } } }';
    const { data } = await forum.as('mod').ask(DELETED, { id: commentId });
    expect(data.viewer.deletedComment).toEqual({ deletionReason: reason, deletedBy: { name: 'mod' } });
    for (const act of [restore, remove]) await refuses(() => act('ben', commentId), NOT_FOUND);
    const rows = await fixture.rows();
    expect((await remove('root', commentId)).errors).toBeUndefined();
    expect(await fixture.rows()).toEqual(rows);
    expect((await restore('mod', commentId)).errors).toBeUndefined();
    expect(await fixture.findings()).toEqual([]);
  });

  test('in a locked discussion only moderators delete and restore', async () => {
    const [own, deleted] = [await fixture.say('ben', 'Own'), await fixture.say('ben', 'Deleted')];
    await fixture.say('cleo', 'Below', deleted);
    await remove('ben', deleted);
    await fixture.lock(true);
    const locked = { code: 'LOCKED', field: 'input.commentId' };
    await refuses(() => remove('ben', own), locked);
    await refuses(() => restore('ben', deleted), locked);
    expect((await remove('mod', own)).errors).toBeUndefined();
    expect((await restore('mod', deleted)).errors).toBeUndefined();
    await fixture.lock(false);
  });

  test('a deleted comment takes no vote and no reply', async () => {
    const [veiled, gone] = [await fixture.say('ben', 'Veiled'), await fixture.say('ben', 'Gone')];
    await fixture.say('cleo', 'Below', veiled);
    for (const id of [veiled, gone]) await remove('ben', id);
    const { discussionId } = fixture;
    for (const [id, code] of [[veiled, 'FORBIDDEN'] as const, [gone, 'NOT_FOUND'] as const]) {
      const vote = { subjectId: id, direction: 'UP' };
      await refuses(() => fixture.do('cleo', 'setVote', vote), { code, field: 'input.subjectId' });
      const reply = { discussionId, replyToId: id, body: 'But' };
      await refuses(() => fixture.do('cleo', 'addComment', reply), { code, field: 'input.replyToId' });
    }
  });

  test('nothing in a deleted discussion is found', async () => {
    const other = await openFixture(forum);
    const commentId = await other.say('ben', 'Below');
    const id = other.discussionId.slice(2);
    await forum.db.write((tx) => tx.discussion.update({ where: { id }, data: { deletedAt: new Date(0) } }));
    for (const mutation of ['updateComment', 'deleteComment', 'restoreComment', 'markCommentAsAnswer'])
      await refuses(() => fixture.do('mod', mutation, { commentId }), NOT_FOUND);
  });
});
