import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { type Forum, openForum } from '../support/forum.ts';
import { refusalOf } from '../support/refusal.ts';
import { type Fixture, openFixture } from './comment/fixture.ts';

const BOTH = {
  vote: 'vote: setVote(input: $vote) { subject { id } }',
  say: 'say: addComment(input: $say) { comment { id } }',
};

describe.each(engines)('several mutations in one operation on %s', (engine) => {
  let forum: Forum;
  let fixture: Fixture;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(() => forum.close());
  beforeEach(async () => {
    fixture = await openFixture(forum);
  });

  /** Sends a comment, and a vote on one's own discussion, which is refused. */
  const send = async (fields: readonly string[]) => {
    const { discussionId } = fixture;
    const variables = {
      vote: { subjectId: discussionId, direction: 'UP' },
      say: { discussionId, body: 'Said' },
    };
    return forum.askWith(
      await forum.as('ada').token(),
      `mutation ($vote: SetVoteInput!, $say: AddCommentInput!) { ${fields.join(' ')} }`,
      variables,
    );
  };
  const commentCount = async () => {
    const query = 'query ($id: ID!) { discussion(id: $id) { commentCount } }';
    return (await forum.ask(query, { id: fixture.discussionId })).data.discussion.commentCount;
  };

  test('run in order: those after one that fails are not done', async () => {
    const answer = await send([BOTH.vote, BOTH.say]);
    expect(refusalOf(answer)).toEqual({ code: 'FORBIDDEN', field: 'input.subjectId' });
    expect([answer.data, answer.errors?.[0]?.path, await commentCount()]).toEqual([null, ['vote'], 0]);
  });

  test('are done before one that fails, although the answer has no data', async () => {
    const answer = await send([BOTH.say, BOTH.vote]);
    expect(refusalOf(answer)).toEqual({ code: 'FORBIDDEN', field: 'input.subjectId' });
    expect([answer.data, answer.errors?.[0]?.path, await commentCount()]).toEqual([null, ['vote'], 1]);
  });
});
