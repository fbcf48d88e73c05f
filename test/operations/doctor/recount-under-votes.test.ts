import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  lockCommentForUpdate,
  recordCommentVotes,
  recountDiscussion,
} from '../../../src/forum/comment/index.ts';
import { Loaders } from '../../../src/graphql/execution/index.ts';
import { insertRow } from '../../../src/store/index.ts';
import { type Fixture, openFixture } from '../../api/comment/fixture.ts';
import { engines } from '../../support/database.ts';
import { CAPTURED_AT, type Forum, openForum } from '../../support/forum.ts';

const rowId = (id: string) => id.slice(2);

describe.each(engines)('recountDiscussion on %s', (engine) => {
  let forum: Forum;
  let fixture: Fixture;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    fixture = await openFixture(forum);
  });
  afterAll(() => forum.close());

  const recount = () => forum.db.write((tx) => recountDiscussion(tx, rowId(fixture.discussionId)));

  test('waits for a vote in progress, and counts it', async () => {
    const commentId = rowId(await fixture.say('ben', 'Counted'));
    const authorId = rowId(await forum.as('cleo').id());
    // a difference on this row: without one the recount would not write it
    await forum.db.write((tx) => tx.comment.update({ where: { id: commentId }, data: { upvoteCount: 77 } }));
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    let begun = () => {};
    const voted = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const vote = forum.db.transaction(async (tx) => {
      const comment = await lockCommentForUpdate(tx, commentId);
      if (!comment) throw new Error('There is no comment.');
      const times = { createdAt: CAPTURED_AT, updatedAt: CAPTURED_AT };
      await insertRow(tx, 'comment_vote', { commentId, authorId, value: 1, ...times });
      await recordCommentVotes({ loaders: new Loaders() }, tx, comment, { up: 1, down: 0 });
      begun();
      await ended;
    });
    await voted;
    const counting = recount();
    // long enough for a recount that does not wait to have read the votes
    await new Promise((resolve) => setTimeout(resolve, 300));
    end();
    await Promise.all([vote, counting]);
    expect(await forum.db.write((tx) => tx.comment.findUnique({ where: { id: commentId } }))).toMatchObject({
      ...{ upvoteCount: 1, downvoteCount: 0, netUpvotes: 1 },
    });
    expect(await fixture.findings()).toEqual([]);
  });

  test('loses no vote, edit, reply or deletion while it recounts again and again', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, (_, n) => fixture.say('ben', `remark ${n}`)));
    const voters = Array.from({ length: 6 }, (_, n) => `voter ${n}`);
    for (const name of voters) await forum.as(name).token();
    const acts = ids.flatMap((subjectId, n) => [
      ...voters.map((name) => () => fixture.do(name, 'setVote', { subjectId, direction: 'UP' })),
      () => fixture.do('ben', 'updateComment', { commentId: subjectId, body: `remark ${n}, edited` }),
      () =>
        fixture.do('cleo', 'addComment', {
          discussionId: fixture.discussionId,
          replyToId: subjectId,
          body: 'Yes',
        }),
    ]);
    let isVoting = true;
    const counting = (async () => {
      while (isVoting) {
        await recount();
        // SQLite answers at once: without a pause nobody else would have a turn
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    })();
    const answers = await Promise.all(acts.map((act) => act()));
    isVoting = false;
    await counting;
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    for (const id of ids)
      expect(await fixture.see(id, 'upvoteCount descendantCount revision')).toEqual({
        ...{ upvoteCount: 6, descendantCount: 1, revision: 2 },
      });
    expect(await fixture.findings()).toEqual([]);
  });
});
