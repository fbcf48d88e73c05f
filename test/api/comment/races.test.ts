import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Answer, type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { type Fixture, openFixture } from './fixture.ts';

const ROUNDS = 8;

describe.each(engines)('writes to one comment at once on %s', (engine) => {
  let forum: Forum;
  let fixture: Fixture;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    fixture = await openFixture(forum);
    for (const name of ['ada', 'ben', 'cleo', 'mod', 'vic']) await forum.as(name).token();
  });
  afterAll(() => forum.close());

  const refusals = (answers: readonly Answer[]) =>
    answers.flatMap((answer) => (answer.errors ? [refusalOf(answer)] : []));
  const discussion = async () => {
    const { data } = await forum.ask(
      'query ($id: ID!) { node(id: $id) { ... on Discussion { answer { id isDeleted } answerRevision isAnswerChanged } } }',
      { id: fixture.discussionId },
    );
    return data.node;
  };

  test('of ten edits based on one revision one is made, and the others fail with CONFLICT', async () => {
    const commentId = await fixture.say('ben', 'text');
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        fixture.do('ben', 'updateComment', { commentId, body: `text ${n}`, revision: 1 }),
      ),
    );
    expect(refusals(answers)).toEqual(Array(9).fill({ code: 'CONFLICT', field: 'input.revision' }));
    expect((await fixture.row(commentId)).revision).toBe(2);
  });

  test('ten edits without a revision are all made, and every revision is stored', async () => {
    const commentId = await fixture.say('ben', 'text');
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        fixture.do(n % 2 ? 'ben' : 'mod', 'updateComment', { commentId, body: `text ${n} of @ada` }),
      ),
    );
    expect(refusals(answers)).toEqual([]);
    const { revisions } = await fixture.see(commentId, 'revisions(first: 100) { nodes { revision body } }');
    expect(revisions.nodes.map((one: { revision: number }) => one.revision)).toEqual(
      Array.from({ length: 11 }, (_, n) => 11 - n),
    );
    expect(new Set(revisions.nodes.map((one: { body: string }) => one.body)).size).toBe(11);
    expect(await fixture.findings()).toEqual([]);
  });

  test('a comment that ten delete is deleted once, and one that ten restore is counted once', async () => {
    const top = await fixture.say('ben', 'top');
    const commentId = await fixture.say('ben', 'text', top);
    for (const [mutation, descendantCount] of [
      ['deleteComment', 0],
      ['restoreComment', 1],
    ] as const) {
      const send = (who: 'ben' | 'mod') => fixture.do(who, mutation, { commentId });
      const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => send(n % 2 ? 'ben' : 'mod')));
      expect(refusals(answers.filter((_, n) => n % 2 === 0))).toEqual([]);
      // a moderator's deletion is not its author's to undo, whichever comes first
      for (const { code } of refusals(answers)) expect(code).toBe('NOT_FOUND');
      expect(await fixture.findings()).toEqual([]);
      expect(await fixture.see(top, 'descendantCount')).toEqual({ descendantCount });
      if (mutation === 'deleteComment')
        expect(refusalOf(await fixture.do('ben', 'restoreComment', { commentId }))?.code).toBe('NOT_FOUND');
    }
  });

  test('a deletion and a reply leave right counters, whichever comes first', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const commentId = await fixture.say('ben', `text ${round}`);
      const reply = { discussionId: fixture.discussionId, replyToId: commentId, body: 'But' };
      const [deleted, ...replies] = await Promise.all([
        fixture.do('ben', 'deleteComment', { commentId }),
        ...['ada', 'cleo', 'vic'].map((who) => fixture.do(who, 'addComment', reply)),
      ]);
      expect(deleted.errors).toBeUndefined();
      for (const refusal of refusals(replies)) {
        expect(['FORBIDDEN', 'NOT_FOUND']).toContain(refusal.code);
        expect(refusal.field).toBe('input.replyToId');
      }
      const row = await fixture.row(commentId);
      expect(row.replyCount).toBe(3 - refusals(replies).length);
    }
    expect(await fixture.findings()).toEqual([]);
  });

  test('a comment that is deleted while it is accepted is not the answer', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const commentId = await fixture.say('ben', `text ${round}`);
      const acts = [
        () => fixture.do('ben', 'deleteComment', { commentId }),
        () => fixture.do('ada', 'markCommentAsAnswer', { commentId }),
      ];
      const started = round % 2 ? acts : acts.reverse();
      await Promise.all(started.map((act) => act()));
      expect((await discussion()).answer).toBeNull();
    }
    expect(await fixture.findings()).toEqual([]);
  });

  test('of several comments that are accepted at once one is the answer', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, (_, n) => fixture.say('ben', `answer ${n}`)));
    const who = ['ada', 'mod', 'vic'];
    const answers = await Promise.all(
      ids.map((commentId, n) => fixture.do(who[n % 3] ?? 'ada', 'markCommentAsAnswer', { commentId })),
    );
    expect(refusals(answers)).toEqual([]);
    const seen = await Promise.all(ids.map((id) => fixture.see(id, 'id isAnswer')));
    const marked = seen.filter((comment) => comment.isAnswer);
    expect(marked).toHaveLength(1);
    expect((await discussion()).answer.id).toBe(marked[0].id);
    expect(await fixture.findings()).toEqual([]);
  });

  test('an answer that is edited while it is accepted says truly whether it was changed since', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const commentId = await fixture.say('ben', `text ${round}`);
      const [, marked] = await Promise.all([
        fixture.do('ben', 'updateComment', { commentId, body: `other ${round}` }),
        fixture.do('ada', 'markCommentAsAnswer', { commentId, revision: 1 }),
      ]);
      const { answer, isAnswerChanged, answerRevision } = await discussion();
      if (marked.errors) expect(refusalOf(marked)).toEqual({ code: 'CONFLICT', field: 'input.revision' });
      else expect([answer.id, answerRevision, isAnswerChanged]).toEqual([commentId, 1, true]);
    }
  });

  test('votes, edits, replies and deletions of one comment at once all count', async () => {
    const commentId = await fixture.say('ben', 'busy');
    const voters = Array.from({ length: 12 }, (_, n) => `voter ${n}`);
    for (const name of voters) await forum.as(name).token();
    const reply = { discussionId: fixture.discussionId, replyToId: commentId, body: 'Yes' };
    const answers = await Promise.all([
      ...voters.map((name, n) =>
        fixture.do(name, 'setVote', { subjectId: commentId, direction: n % 3 ? 'UP' : 'DOWN' }),
      ),
      ...voters.map((name) => fixture.do(name, 'addComment', reply)),
      ...Array.from({ length: 6 }, (_, n) =>
        fixture.do('ben', 'updateComment', { commentId, body: `busy ${n}` }),
      ),
    ]);
    expect(refusals(answers)).toEqual([]);
    await fixture.do('mod', 'deleteComment', { commentId });
    await fixture.do('mod', 'restoreComment', { commentId });
    const counted = 'upvoteCount downvoteCount netUpvotes descendantCount revision';
    expect(await fixture.see(commentId, counted)).toEqual({
      ...{ upvoteCount: 8, downvoteCount: 4, netUpvotes: 4, descendantCount: 12, revision: 7 },
    });
    expect(await fixture.findings()).toEqual([]);
  });
});
