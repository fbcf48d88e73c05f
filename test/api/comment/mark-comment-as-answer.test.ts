import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { type Actor, type Fixture, openFixture } from './fixture.ts';

const ANSWER =
  'discussion { answer { id } isAnswered answeredAt answeredBy { name } answerRevision isAnswerChanged }';
const NONE = {
  ...{ answer: null, isAnswered: false, answeredAt: null, answeredBy: null },
  ...{ answerRevision: null, isAnswerChanged: false },
};
const FORBIDDEN = { code: 'FORBIDDEN', field: 'input.commentId' };

describe.each(engines)('the answer on %s', (engine) => {
  let forum: Forum;
  let fixture: Fixture;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    fixture = await openFixture(forum);
  });
  afterAll(() => forum.close());

  const mark = (who: Actor, commentId: string, more = {}) =>
    fixture.do(who, 'markCommentAsAnswer', { commentId, ...more }, `comment { isAnswer } ${ANSWER}`);
  const unmark = (who: Actor, commentId: string) =>
    fixture.do(who, 'unmarkCommentAsAnswer', { commentId }, `comment { isAnswer } ${ANSWER}`);
  async function refuses(act: () => ReturnType<Fixture['do']>, expected: object) {
    const before = await fixture.rows();
    expect(refusalOf(await act())).toEqual(expected);
    expect(await fixture.rows()).toEqual(before);
  }

  test.each(['ada', 'vic', 'mod', 'root'])(
    '%s accepts one in place of another, and takes it back',
    async (who) => {
      const [one, other] = [await fixture.say('ben', 'One'), await fixture.say('cleo', 'Other')];
      await mark(who, one);
      expect((await mark(who, other)).data.markCommentAsAnswer).toEqual({
        comment: { isAnswer: true },
        discussion: {
          ...{ answer: { id: other }, isAnswered: true, answerRevision: 1, isAnswerChanged: false },
          ...{ answeredAt: '2026-11-24T00:00:00.000Z', answeredBy: { name: who } },
        },
      });
      expect(await fixture.see(one, 'isAnswer')).toEqual({ isAnswer: false });
      const before = await fixture.rows();
      expect((await unmark(who, one)).data.unmarkCommentAsAnswer.discussion.isAnswered).toBe(true);
      await mark('mod', other);
      expect(await fixture.rows()).toEqual(before);
      expect((await unmark(who, other)).data.unmarkCommentAsAnswer.discussion).toEqual(NONE);
      expect(await fixture.findings()).toEqual([]);
    },
  );

  test('returns the comment that lost the mark, also to a repeat, and null where none did', async () => {
    const [one, other] = [await fixture.say('ben', 'One'), await fixture.say('cleo', 'Other')];
    const previous = async (commentId: string, more = {}) => {
      const selection = 'previousAnswer { id isAnswer }';
      const answer = await fixture.do('ada', 'markCommentAsAnswer', { commentId, ...more }, selection);
      return answer.data.markCommentAsAnswer.previousAnswer;
    };
    expect(await previous(one)).toBeNull();
    expect(await previous(one)).toBeNull();
    const key = { idempotencyKey: `previous of ${other}` };
    for (let time = 0; time < 2; time++)
      expect(await previous(other, key)).toEqual({ id: one, isAnswer: false });
    await fixture.do('ben', 'deleteComment', { commentId: one });
    expect(await previous(other, key)).toBeNull();
    await unmark('ada', other);
  });

  test('says that the answer was changed, until its new text is accepted', async () => {
    const commentId = await fixture.say('ben', 'Yes');
    await mark('ada', commentId, { revision: 1 });
    await fixture.do('ben', 'updateComment', { commentId, body: 'No' });
    const discussion = () => fixture.see(commentId, ANSWER);
    expect((await discussion()).discussion).toMatchObject({ answerRevision: 1, isAnswerChanged: true });
    const conflict = { code: 'CONFLICT', field: 'input.revision' };
    await refuses(() => mark('ada', commentId, { revision: 1 }), conflict);
    await mark('ada', commentId, { revision: 2 });
    expect((await discussion()).discussion).toMatchObject({ answerRevision: 2, isAnswerChanged: false });
    await unmark('ada', commentId);
  });

  test.each<[Actor, object]>([
    [null, { code: 'UNAUTHENTICATED' }],
    ['cleo', FORBIDDEN],
    ['ben', FORBIDDEN],
    ['moira', FORBIDDEN],
  ])('refuses %s to accept a comment or to take the mark away, and writes nothing', async (who, expected) => {
    const commentId = await fixture.say('ben', 'Mine');
    await refuses(() => mark(who, commentId), expected);
    await mark('ada', commentId);
    await refuses(() => unmark(who, commentId), expected);
    await unmark('ada', commentId);
  });

  test('refuses a deleted comment, a locked discussion, and a category without answers', async () => {
    const [veiled, gone] = [await fixture.say('ben', 'Veiled'), await fixture.say('ben', 'Gone')];
    const below = await fixture.say('cleo', 'Below', veiled);
    for (const commentId of [veiled, gone]) await fixture.do('ben', 'deleteComment', { commentId });
    await refuses(() => mark('mod', veiled), FORBIDDEN);
    await refuses(() => unmark('mod', veiled), FORBIDDEN);
    await refuses(() => mark('mod', gone), { code: 'NOT_FOUND', field: 'input.commentId' });
    await fixture.lock(true);
    for (const who of ['ada', 'vic'])
      await refuses(() => mark(who, below), { code: 'LOCKED', field: 'input.commentId' });
    expect((await mark('mod', below)).errors).toBeUndefined();
    await fixture.lock(false);
    const talk = await openFixture(forum, false);
    const remark = await talk.say('ben', 'A remark');
    for (const who of ['ada', 'mod']) await refuses(() => mark(who, remark), FORBIDDEN);
    expect((await unmark('ada', remark)).errors).toBeUndefined();
  });

  test('viewerCan says beforehand what the mutations will answer', async () => {
    const commentId = await fixture.say('ben', 'Mine');
    const names = [
      'update',
      'markOfficial',
      'markVerifiedUser',
      'delete',
      'restore',
      'markAsAnswer',
      'unmarkAsAnswer',
    ];
    const query = `query ($id: ID!) { node(id: $id) { ... on Comment {
      viewerCan { ${names.map((name) => `${name} { isAllowed code message }`).join(' ')} }
      discussion { viewerCan { markAsAnswer { isAllowed } } } } } }`;
    const allowed = async (who: string) => {
      const { data } = await forum.as(who).ask(query, { id: commentId });
      const { viewerCan, discussion } = data.node;
      const may = names.filter((name) => viewerCan[name].isAllowed);
      return discussion.viewerCan.markAsAnswer.isAllowed ? [...may, 'inDiscussion'] : may;
    };
    const answering = ['markAsAnswer', 'unmarkAsAnswer', 'inDiscussion'];
    expect(await allowed('cleo')).toEqual([]);
    expect(await allowed('ben')).toEqual(['update', 'delete', 'restore']);
    expect(await allowed('ada')).toEqual(answering);
    expect(await allowed('vic')).toEqual(answering);
    expect(await allowed('moira')).toEqual([]);
    const moderator = ['update', 'markOfficial', 'markVerifiedUser', 'delete', 'restore', ...answering];
    expect(await allowed('mod')).toEqual(moderator);
    const { data } = await forum.ask(query, { id: commentId });
    expect(data.node.viewerCan.delete).toEqual({
      ...{ isAllowed: false, code: 'UNAUTHENTICATED', message: 'Sign in first.' },
    });
  });
});
