import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { rowsOf } from '../../support/rows.ts';

describe.each(engines)('a reply on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    for (const name of ['ada', 'ben', 'mod', 'root']) await forum.as(name).token();
  });
  afterAll(() => forum.close());

  const ask = async () => {
    const made = await forum.as('ada').do('createDiscussion', { title: 'T', body: 'B' }, 'discussion { id }');
    return made.data.createDiscussion.discussion.id as string;
  };
  const say = async (discussionId: string) => {
    const made = await forum.as('ada').do('addComment', { discussionId, body: 'B' }, 'comment { id }');
    return made.data.addComment.comment.id as string;
  };

  test('to a comment that nobody can see is answered as one to an unknown comment, and writes nothing', async () => {
    const [discussionId, deletedId] = [await ask(), await ask()];
    const inDeleted = await say(deletedId);
    const unlisted = await say(discussionId);
    await forum.as('ada').do('deleteComment', { commentId: unlisted }, 'deletedCommentId');
    await forum.as('mod').do('deleteDiscussion', { discussionId: deletedId }, 'deletedDiscussionId');
    const unknown = 'C_00000000000000000000000000';
    const before = await rowsOf(forum.db);
    for (const by of ['ben', 'ada', 'mod', 'root'])
      for (const replyToId of [unknown, inDeleted, unlisted]) {
        const input = { discussionId, replyToId, body: 'B' };
        const { errors } = await forum.as(by).do('addComment', input, 'comment { id }');
        expect(errors).toMatchObject([
          {
            message: `No object has the id "${replyToId}".`,
            extensions: { code: 'NOT_FOUND', field: 'input.replyToId' },
          },
        ]);
      }
    expect(await rowsOf(forum.db)).toEqual(before);
  });

  test('to a comment of another visible discussion is refused, and writes nothing', async () => {
    const [discussionId, other] = [await ask(), await ask()];
    const replyToId = await say(other);
    const before = await rowsOf(forum.db);
    const { errors } = await forum
      .as('ben')
      .do('addComment', { discussionId, replyToId, body: 'B' }, 'comment { id }');
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'input.replyToId' } }]);
    expect(await rowsOf(forum.db)).toEqual(before);
  });
});
