import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { lockCommentForUpdate } from '../../../src/forum/comment/index.ts';
import { updateRows } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { refusalOf } from '../../support/refusal.ts';
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

  test.each(['editedId', 'replyToId'])('wait for a split that removes their comment: %s', async (place) => {
    const { forum, tools, b } = state();
    const [who, of] = [forum.as('dora'), draftsOf(forum)];
    await of.clear(who);
    const commentId = await tools.commentIn(b, 'ada', 'To be removed');
    const row = { id: commentId.slice(2) };
    const watch = engine === 'postgres' ? new pg.Client({ connectionString: forum.databaseUrl }) : null;
    await watch?.connect();
    const isSaveWaiting = async () => {
      const { rows } = (await watch?.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )) ?? { rows: [] };
      return rows.length > 0;
    };
    try {
      const { saved } = await forum.db.transaction(async (tx) => {
        await lockCommentForUpdate(tx, row.id);
        const saved = who.do('saveDraft', { [place]: commentId, body: SECRET }, 'clientMutationId');
        if (watch) await expect.poll(isSaveWaiting, { timeout: 10_000 }).toBe(true);
        await updateRows(tx, 'comment', row, { deletedAt: new Date() });
        return { saved };
      });
      expect(refusalOf(await saved)).toEqual({ code: 'NOT_FOUND', field: `input.${place}` });
      expect(await of.bodies(who)).toEqual([]);
    } finally {
      await forum.db.transaction(async (tx) => updateRows(tx, 'comment', row, { deletedAt: null }));
      await watch?.end();
    }
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

  test('of a comment go with it to the discussion that it is again after the undo of a merge', async () => {
    const { forum, tools, a, b } = state();
    const [dora, of] = [forum.as('dora'), draftsOf(forum)];
    const [mod, who] = [forum.as('mod'), forum.as('mo')];
    for (const person of [dora, who]) await of.clear(person);
    await of.save(who, { editedId: a, body: 'edit from before' });
    await of.save(who, { discussionId: a, body: 'comment from before' });
    const commentId = (await tools.merge(a, b)).data.mergeDiscussions.comment.id;
    for (const person of [dora, who]) {
      await of.save(person, { editedId: commentId, body: SECRET });
      await of.save(person, { replyToId: commentId, body: 'reply' });
    }
    expect((await tools.unmerge(a)).errors).toBeUndefined();
    const nodes = async (person: typeof who) =>
      (await of.list(person)).edges.map(({ node }: { node: object }) => node);
    const on = (kind: string, body: string) => ({ kind, body, discussion: { id: a }, comment: null });
    expect(await nodes(dora)).toMatchObject([on('COMMENT', 'reply'), on('DISCUSSION_EDIT', SECRET)]);
    // one of each place
    expect(await nodes(who)).toMatchObject([
      on('COMMENT', 'comment from before'),
      on('DISCUSSION_EDIT', 'edit from before'),
    ]);
    await forum.as('ada').do('updateDiscussion', { discussionId: a, body: 'None' }, 'clientMutationId');
    await mod.do('redactDiscussionRevision', { discussionId: a, revision: 1 }, 'clientMutationId');
    expect(await of.bodies(dora)).toEqual(['reply']);
    expect((await rowsOf(forum.db)).filter((row) => row.includes(SECRET))).toEqual([]);
  });

  test.each([
    ['made a question', (commentId: string) => [commentId]],
    ['moved', (commentId: string, other: string) => [other, commentId]],
  ])('that a merge made a comment end with its redaction after a split has %s', async (_, chosen) => {
    const { forum, tools, a, b } = state();
    const [who, mod, of] = [forum.as('mo'), forum.as('mod'), draftsOf(forum)];
    await of.clear(who);
    await of.save(who, { editedId: a, body: SECRET });
    await of.save(who, { editedId: b, body: 'other edit' });
    const commentId = (await tools.merge(a, b)).data.mergeDiscussions.comment.id;
    const other = await tools.commentIn(b, 'ben', 'Another question');
    const made = (await tools.split(chosen(commentId, other))).data.splitDiscussion;
    const [type, id] =
      made.removedCommentId === commentId
        ? ['Discussion', { discussionId: made.discussion.id }]
        : ['Comment', { commentId }];
    const edited = await forum.as('ada').do(`update${type}`, { ...id, body: 'None' }, 'clientMutationId');
    expect(edited.errors).toBeUndefined();
    const redacted = await mod.do(`redact${type}Revision`, { ...id, revision: 1 }, 'clientMutationId');
    expect(redacted.errors).toBeUndefined();
    expect(await of.bodies(who)).toEqual(['other edit']);
    expect((await rowsOf(forum.db)).filter((row) => row.includes(SECRET))).toEqual([]);
  });
});
