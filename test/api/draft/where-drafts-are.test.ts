import { describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';
import { type DraftState, useDrafts } from './fixture.ts';

const SAVED = 'draftEdge { node { id body discussion { id } } } discussion { id } comment { id }';

describe.each(engines)('the places of drafts on %s', (engine) => {
  const state = useDrafts(engine);

  const mod = (mutation: string, input: Record<string, unknown>) =>
    state().forum.as('mod').do(mutation, input, 'clientMutationId');
  const deleteIt = ({ discussionId }: DraftState) => mod('deleteDiscussion', { discussionId });
  const mergeIt = async ({ of, discussionId }: DraftState) =>
    mod('mergeDiscussions', { sourceId: discussionId, destinationId: await of.start() });
  const onDiscussion = ({ discussionId }: DraftState) => ({ discussionId });
  const reply = ({ discussionId, commentId }: DraftState) => ({ discussionId, replyToId: commentId });
  const edit = ({ discussionId }: DraftState) => ({ editedId: discussionId });
  const commentEdit = ({ commentId }: DraftState) => ({ editedId: commentId });

  test.each([
    ['a comment', 'deleted', onDiscussion, deleteIt],
    ['a comment', 'merged', onDiscussion, mergeIt],
    ['a reply', 'deleted', reply, deleteIt],
    ['a reply', 'merged', reply, mergeIt],
    ['an edit of the discussion', 'deleted', edit, deleteIt],
    ['an edit of the discussion', 'merged', edit, mergeIt],
    ['an edit of a comment', 'deleted', commentEdit, deleteIt],
  ])('may go: a repeat that saves %s answers alike once the discussion is %s', async (_, __, place, end) => {
    const { forum, of, discussionId } = state();
    const who = of.newcomer();
    const input = { ...place(state()), body: 'B', idempotencyKey: `key of ${discussionId}` };
    const save = () => who.do('saveDraft', input, SAVED);
    const first = await save();
    expect(first.errors).toBeUndefined();
    expect((await end(state())).errors).toBeUndefined();
    const before = await rowsOf(forum.db);
    const repeat = await save();
    expect(repeat.errors).toBeUndefined();
    expect(repeat.data.saveDraft.draftEdge.node.id).toBe(first.data.saveDraft.draftEdge.node.id);
    expect(await rowsOf(forum.db)).toEqual(before);
  });

  test('of a merged discussion are those of the other one, where the draft comes along', async () => {
    const { of, discussionId, commentId } = state();
    const who = of.newcomer();
    const { id } = (await of.save(who, { discussionId, body: 'before' })).node;
    const into = await of.start();
    await mod('mergeDiscussions', { sourceId: discussionId, destinationId: into });
    const reply = await who.do('saveDraft', { discussionId, replyToId: commentId, body: 'reply' }, SAVED);
    expect(reply.data.saveDraft).toMatchObject({ discussion: { id: into }, comment: { id: commentId } });
    const moved = await who.do('saveDraft', { discussionId, body: 'after' }, SAVED);
    const node = { id, body: 'after', discussion: { id: into } };
    expect(moved.data.saveDraft).toEqual({ draftEdge: { node }, discussion: { id: into }, comment: null });
    const again = await of.save(who, { discussionId: into, body: 'there' });
    expect(again.node.id).toBe(id);
    expect((await of.bodies(who)).sort()).toEqual(['reply', 'there']);
    await who.do('addComment', { discussionId, replyToId: commentId, body: 'Posted' }, 'clientMutationId');
    await who.do('addComment', { discussionId, body: 'Posted' }, 'clientMutationId');
    expect(await of.bodies(who)).toEqual([]);
  });

  test('are unknown if the discussion that one was merged into is deleted, and its text is not edited', async () => {
    const { of, discussionId, commentId } = state();
    const who = of.newcomer();
    const into = await of.start();
    const merge = { sourceId: discussionId, destinationId: into };
    await mod('mergeDiscussions', merge);
    const save = async (place: object) =>
      refusalOf(await who.do('saveDraft', { ...place, body: 'B' }, 'draftEdge { cursor }'));
    expect(await save({ editedId: discussionId })).toEqual({ code: 'NOT_FOUND', field: 'input.editedId' });
    const elsewhere = await of.start();
    expect(await save({ discussionId: elsewhere, replyToId: commentId })).toEqual({
      ...{ code: 'BAD_USER_INPUT', field: 'input.replyToId' },
    });
    await mod('deleteDiscussion', { discussionId: into });
    for (const [place, field] of [
      [{ discussionId }, 'discussionId'],
      [{ replyToId: commentId }, 'replyToId'],
      [{ editedId: commentId }, 'editedId'],
    ] as const)
      expect(await save(place)).toEqual({ code: 'NOT_FOUND', field: `input.${field}` });
    expect(await of.bodies(who)).toEqual([]);
  });
});
