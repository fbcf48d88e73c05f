import { describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { rowsOf } from '../../support/rows.ts';
import { useMerging } from '../merge/merged-forum.ts';
import { draftsOf } from './fixture.ts';

const SECRET = 'Her address is 12 Elm Street.';

describe.each(engines)('drafts of a text on %s', (engine) => {
  const state = useMerging(engine);

  test('go with it to the discussion that a split makes of a comment, and end with its redaction', async () => {
    const { forum, tools, b } = state();
    const [who, of] = [forum.as('dora'), draftsOf(forum)];
    const commentId = await tools.commentIn(b, 'ada', 'Another question');
    await of.save(who, { editedId: commentId, body: SECRET });
    await of.save(who, { replyToId: commentId, body: 'reply' });
    const made = await tools.split([commentId]);
    const { id: discussionId } = made.data.splitDiscussion.discussion;
    expect((await of.list(who)).edges.map(({ node }: { node: object }) => node)).toMatchObject([
      { kind: 'COMMENT', body: 'reply', discussion: { id: discussionId }, comment: null },
      { kind: 'DISCUSSION_EDIT', body: SECRET, discussion: { id: discussionId }, comment: null },
    ]);
    await forum.as('ada').do('updateDiscussion', { discussionId, body: 'None' }, 'clientMutationId');
    const redacted = { discussionId, revision: 1 };
    await forum.as('mod').do('redactDiscussionRevision', redacted, 'clientMutationId');
    expect(await of.bodies(who)).toEqual(['reply']);
  });

  test('that is a comment since a merge end with its redaction', async () => {
    const { forum, tools, a, b } = state();
    const [who, of] = [forum.as('mo'), draftsOf(forum)];
    await of.save(who, { editedId: a, body: SECRET });
    await of.save(who, { editedId: b, body: 'other edit' });
    const commentId = (await tools.merge(a, b)).data.mergeDiscussions.comment.id;
    await forum.as('ada').do('updateComment', { commentId, body: 'None' }, 'clientMutationId');
    await forum.as('mod').do('redactCommentRevision', { commentId, revision: 1 }, 'clientMutationId');
    expect(await of.bodies(who)).toEqual(['other edit']);
    expect((await rowsOf(forum.db)).filter((row) => row.includes(SECRET))).toEqual([]);
  });
});
