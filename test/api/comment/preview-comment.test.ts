import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rowIdOf } from '../../../src/graphql/global-id.ts';
import { change, statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';

const PREVIEW = `query ($input: PreviewCommentInput!) { previewComment(input: $input) {
  bodyHTML bodyText mentions { handle } permission { isAllowed code } bodyCharactersRemaining
  problems { code field message } } }`;
const ROWS = statement<{ rows: number }>('test.rows', 'SELECT count(*) AS "rows" FROM comment');
const LOCK = change('test.lock', 'UPDATE discussion SET locked_at = ? WHERE id = ?', {
  table: 'discussion',
  sets: ['locked_at'],
  by: ['locked_at', 'id'],
});
const NOWHERE = 'D_00000000000000000000000000';

describe.each(engines)('previewComment on %s', (engine) => {
  let forum: Forum;
  let discussionId: string;
  let lockedId: string;
  let commentId: string;
  let deepId: string;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty', { replyDepthMax: 1 });
    const make = async (title: string) => {
      const made = await forum
        .as('ada')
        .do('createDiscussion', { title, body: 'Is it?' }, 'discussion { id }');
      return made.data.createDiscussion.discussion.id;
    };
    const say = async (input: Record<string, unknown>) =>
      (await forum.as('ben').do('addComment', { body: 'It is.', ...input }, 'comment { id }')).data.addComment
        .comment.id;
    discussionId = await make('Is it so?');
    lockedId = await make('Is it not?');
    commentId = await say({ discussionId });
    deepId = await say({ discussionId, replyToId: commentId });
    const rowId = rowIdOf('Discussion', lockedId) ?? '';
    await forum.db.transaction(async (tx) => tx.run(LOCK, [new Date(), rowId]));
  });
  afterAll(() => forum.close());

  test('shows what addComment then adds, and stores nothing', async () => {
    const before = await forum.db.read.all(ROWS, []);
    const input = { discussionId, replyToId: commentId, body: 'So *says* @ben' };
    const { data } = await forum.as('cleo').ask(PREVIEW, { input });
    const { bodyHTML, ...preview } = data.previewComment;
    expect(preview).toEqual({
      bodyText: 'So says @ben',
      mentions: [{ handle: 'ben' }],
      permission: { isAllowed: true, code: null },
      bodyCharactersRemaining: 60_000 - 14,
      problems: [],
    });
    expect(await forum.db.read.all(ROWS, [])).toEqual(before);
    const made = await forum.as('cleo').do('addComment', input, 'comment { bodyHTML }');
    expect(made.data.addComment.comment).toEqual({ bodyHTML });
  });

  test('names all that would be refused at once, to guests too', async () => {
    const input = { discussionId: NOWHERE, replyToId: 'x', body: '', isOfficial: true };
    const { data } = await forum.ask(PREVIEW, { input });
    expect(data.previewComment.permission).toEqual({ isAllowed: false, code: 'UNAUTHENTICATED' });
    expect(data.previewComment.problems).toMatchObject([
      { code: 'UNAUTHENTICATED', field: null },
      { code: 'NOT_FOUND', field: 'input.discussionId' },
      { code: 'NOT_FOUND', field: 'input.replyToId' },
      { code: 'BAD_USER_INPUT', field: 'input.body' },
    ]);
  });

  test.each([
    ['in a locked discussion', () => ({ discussionId: lockedId }), 'LOCKED'],
    ['in a discussion that is not there', () => ({ discussionId: NOWHERE }), 'NOT_FOUND'],
    ['in reply to what is not there', () => ({ discussionId, replyToId: 'C_x' }), 'NOT_FOUND'],
    [
      'in reply to a comment elsewhere',
      () => ({ discussionId: lockedId, replyToId: commentId }),
      'BAD_USER_INPUT',
    ],
    ['in reply too deep', () => ({ discussionId, replyToId: deepId }), 'FORBIDDEN'],
    ['as official', () => ({ discussionId, isOfficial: true }), 'FORBIDDEN'],
    ['blank', () => ({ discussionId, body: ' \n ' }), 'BAD_USER_INPUT'],
  ] as const)('refuses a comment %s as addComment does', async (_, place, code) => {
    const input = { body: 'Text', ...place() };
    const { data } = await forum.as('cleo').ask(PREVIEW, { input });
    const { errors = [] } = await forum.as('cleo').do('addComment', input, 'comment { id }');
    const [refusal] = errors.map((error) => ({
      ...{ message: error.message, code: error.extensions.code, field: error.extensions.field },
    }));
    expect(refusal?.code).toBe(code);
    expect(data.previewComment.problems).toContainEqual(refusal);
  });
});
