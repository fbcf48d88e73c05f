import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_LIMITS } from '../../../src/access/limiter.ts';
import { DEFAULT_POLICY } from '../../../src/access/policy.ts';
import { makeContext } from '../../../src/api/make-context.ts';
import { setVote } from '../../../src/forum/vote/set-vote.ts';
import { type Database, statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { CAPTURED_AT, type Forum, openForum, SITE_URL } from '../../support/forum.ts';

const VOTES = 'subject { upvoteCount downvoteCount netUpvotes viewerVote }';
const COUNTED = statement<{ votes: number; net: number }>(
  'test.counted',
  'SELECT count(*) AS "votes", coalesce(sum(value), 0) AS "net" FROM comment_vote',
);

const ROWS = statement<Record<string, unknown>>(
  'test.votes',
  `SELECT value, created_at AS "createdAt", updated_at AS "updatedAt" FROM discussion_vote
    UNION ALL SELECT value, created_at, updated_at FROM comment_vote`,
);

describe.each(engines)('setVote on %s', (engine) => {
  let forum: Forum;
  let discussionId: string;
  let commentId: string;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    const made = await forum
      .as('ada')
      .do('createDiscussion', { title: 'Is it so?', body: 'Is it?' }, 'discussion { id }');
    discussionId = made.data.createDiscussion.discussion.id;
    const said = await forum.as('ben').do('addComment', { discussionId, body: 'It is.' }, 'comment { id }');
    commentId = said.data.addComment.comment.id;
  });
  afterAll(() => forum.close());

  test('counts each voter once, however often and at once the same vote is sent', async () => {
    const cleo = forum.as('cleo');
    await cleo.token();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => cleo.do('setVote', { subjectId: commentId, direction: 'UP' }, VOTES)),
    );
    for (const answer of answers) {
      expect(answer).toEqual({
        data: { setVote: { subject: { upvoteCount: 1, downvoteCount: 0, netUpvotes: 1, viewerVote: 'UP' } } },
      });
    }
    expect(await forum.db.read.all(COUNTED, [])).toEqual([{ votes: 1, net: 1 }]);
  });

  test('changes a vote to the other side, and takes it back', async () => {
    for (const subjectId of [discussionId, commentId]) {
      const set = async (direction: string) =>
        (await forum.as('cleo').do('setVote', { subjectId, direction }, VOTES)).data.setVote.subject;
      const counts = (upvoteCount: number, downvoteCount: number) => ({
        ...{ upvoteCount, downvoteCount, netUpvotes: upvoteCount - downvoteCount },
      });
      expect(await set('UP')).toEqual({ ...counts(1, 0), viewerVote: 'UP' });
      expect(await set('DOWN')).toEqual({ ...counts(0, 1), viewerVote: 'DOWN' });
      expect(await set('NONE')).toEqual({ ...counts(0, 0), viewerVote: 'NONE' });
    }
    expect(await forum.db.read.all(COUNTED, [])).toEqual([{ votes: 0, net: 0 }]);
  });

  test('keeps when a vote was first set, and when it was last changed', async () => {
    const times = async () =>
      (await forum.db.read.all(ROWS, [])).map(({ value, ...at }) => ({
        value,
        ...Object.fromEntries(Object.entries(at).map(([name, time]) => [name, Number(time) - +CAPTURED_AT])),
      }));
    for (const subjectId of [discussionId, commentId]) {
      const set = (direction: string) => forum.as('cleo').do('setVote', { subjectId, direction }, VOTES);
      await set('UP');
      forum.wait(1000);
      await set('DOWN');
      forum.wait(1000);
      await set('DOWN');
      expect(await times()).toEqual([{ value: -1, createdAt: 0, updatedAt: 1000 }]);
      await set('NONE');
      forum.wait(-2000);
    }
    expect(await times()).toEqual([]);
  });

  test('stays exact while fifty voters set, change and retract at once', async () => {
    const voters = Array.from({ length: 50 }, (_, n) => forum.as(`voter ${n}`));
    await Promise.all(voters.map((voter) => voter.token()));
    const turns = (n: number) => [['UP', 'DOWN', 'UP'], ['DOWN', 'NONE'], ['UP'], ['DOWN']][n % 4] ?? [];
    await Promise.all(
      voters.map(async (voter, n) => {
        for (const direction of turns(n)) {
          const { errors } = await voter.do('setVote', { subjectId: commentId, direction }, VOTES);
          expect(errors).toBeUndefined();
        }
      }),
    );
    const { data } = await forum.ask(
      'query ($id: ID!) { node(id: $id) { ... on Comment { upvoteCount downvoteCount netUpvotes } } }',
      { id: commentId },
    );
    expect(data.node).toEqual({ upvoteCount: 25, downvoteCount: 12, netUpvotes: 13 });
    expect(await forum.db.read.all(COUNTED, [])).toEqual([{ votes: 37, net: 13 }]);
  });

  test('viewerCan of what can be voted on says who may, without asking what it is', async () => {
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) {
      ... on Votable { viewerCan { __typename vote { isAllowed } } } } }`;
    const may = async (who: string) => {
      const { data, errors } = await forum.as(who).ask(query, { ids: [discussionId, commentId] });
      expect(errors).toBeUndefined();
      return data.nodes.map((node: { viewerCan: object }) => node.viewerCan);
    };
    const answer = (discussion: boolean, comment: boolean) => [
      { __typename: 'DiscussionPermissions', vote: { isAllowed: discussion } },
      { __typename: 'CommentPermissions', vote: { isAllowed: comment } },
    ];
    expect(await may('ada')).toEqual(answer(false, true));
    expect(await may('ben')).toEqual(answer(true, false));
    expect(await may('cleo')).toEqual(answer(true, true));
  });

  test('refuses guests, authors of the text and what is not there, and writes nothing', async () => {
    const before = await forum.db.read.all(COUNTED, []);
    const refusals = [
      [
        await forum.do('setVote', { subjectId: commentId, direction: 'UP' }, VOTES),
        'UNAUTHENTICATED',
        undefined,
      ],
      [
        await forum.as('ben').do('setVote', { subjectId: commentId, direction: 'UP' }, VOTES),
        'FORBIDDEN',
        'input.subjectId',
      ],
      [
        await forum.as('ada').do('setVote', { subjectId: discussionId, direction: 'UP' }, VOTES),
        'FORBIDDEN',
        'input.subjectId',
      ],
      [
        await forum
          .as('ada')
          .do('setVote', { subjectId: 'C_00000000000000000000000000', direction: 'UP' }, VOTES),
        'NOT_FOUND',
        'input.subjectId',
      ],
      [
        await forum
          .as('ada')
          .do('setVote', { subjectId: await forum.as('ada').id(), direction: 'UP' }, VOTES),
        'NOT_FOUND',
        'input.subjectId',
      ],
    ] as const;
    for (const [answer, code, field] of refusals)
      expect(answer.errors?.[0]?.extensions).toEqual({ code, ...(field && { field }) });
    expect(await forum.db.read.all(COUNTED, [])).toEqual(before);
  });

  test('respects a lock that a replica does not show yet', async () => {
    await forum.as('mod').do('lockDiscussion', { discussionId }, 'discussion { isLocked }');
    const before = await forum.db.read.all(COUNTED, []);
    const read: Database['read'] = {
      all: async (asked, params) =>
        (await forum.db.read.all(asked, params)).map((row) => ({ ...row, lockedAt: null })),
    };
    const id = (await forum.as('cleo').id()).slice(2);
    const credential = { kind: 'SESSION', id: null } as const;
    const scope = { canWrite: true, moderates: new Set<string>(), speaksFor: new Set<string>() };
    const ctx = makeContext({
      ...{ db: { ...forum.db, read }, siteUrl: SITE_URL, policy: DEFAULT_POLICY, clock: () => CAPTURED_AT },
      ...{ viewer: { id, role: 'MEMBER', ...scope, credential }, address: '::1', limiter: NO_LIMITS },
    });
    for (const subjectId of [commentId, discussionId])
      await expect(setVote(ctx, { subjectId, direction: 'UP' })).rejects.toMatchObject({ code: 'LOCKED' });
    expect(await forum.db.read.all(COUNTED, [])).toEqual(before);
    await forum.as('mod').do('unlockDiscussion', { discussionId }, 'discussion { isLocked }');
  });

  test('does the same write once under one idempotency key, and refuses the key for another input', async () => {
    const dora = forum.as('dora');
    await dora.token();
    const input = { subjectId: commentId, direction: 'UP', idempotencyKey: 'k1' };
    const answers = await Promise.all(Array.from({ length: 50 }, () => dora.do('setVote', input, VOTES)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.errors).toBeUndefined();
    const other = await dora.do('setVote', { ...input, direction: 'DOWN' }, VOTES);
    expect(other.errors?.[0]?.extensions).toEqual({
      code: 'IDEMPOTENCY_KEY_REUSED',
      field: 'input.idempotencyKey',
    });
  });
});
