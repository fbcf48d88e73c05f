import { beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { refusalOf } from '../../support/refusal.ts';
import { keepOnly } from '../discussion/discussion-cast.ts';
import { useMerging } from '../merge/merged-forum.ts';

const EVENT = `action createdAt actor { name } comment { id } revision reason externalId discussion { id }
  source { id } destination { id }`;
const EVENTS = `moderationEvents(first: 10) { totalCount nodes { id ${EVENT} } }`;
const LOG = `query ($id: ID!) { node(id: $id) { ... on Discussion { ${EVENTS} } } }`;
const NODE = `query ($id: ID!) { node(id: $id) { ... on ModerationEvent { id ${EVENT} } } }`;
const NOTHING = { comment: null, revision: null, reason: null, externalId: null };

describe.each(engines)('the moderation log on %s', (engine) => {
  const state = useMerging(engine);
  let viewers: Record<string, string | null>;
  beforeEach(async () => {
    if (viewers) return;
    const { forum, garden } = state();
    await keepOnly(forum, forum.as('fay'), garden.fruit);
    viewers = { guest: null, 'the key of mod that only reads': await forum.as('mod').keyWith(['READ']) };
    for (const name of ['ada', 'ben', 'vic', 'rue', 'fay', 'mod', 'root'])
      viewers[name] = await forum.as(name).token();
  });

  const ask = (query: string, id: string, as = 'mod') => {
    const token = viewers[as];
    return token ? state().forum.askWith(token, query, { id }) : state().forum.ask(query, { id });
  };
  const logOf = async (id: string, as = 'mod') => {
    const { data, errors } = await ask(LOG, id, as);
    expect(errors).toBeUndefined();
    return data.node.moderationEvents;
  };
  const run = async (by: string, mutation: string, input: Record<string, unknown>, show: string) => {
    state().forum.wait(1);
    const { data, errors } = await state().forum.as(by).do(mutation, input, show);
    expect(errors).toBeUndefined();
    return data[mutation];
  };
  const redact = async (discussionId: string) => {
    await run('ada', 'updateDiscussion', { discussionId, body: 'Without the address.' }, 'clientMutationId');
    const input = { discussionId, revision: 1, reason: 'An address' };
    await run('mod', 'redactDiscussionRevision', input, 'clientMutationId');
  };

  test('names the sides of a merge, its undo and a split, newest first', async () => {
    const { a, b, tools, forum } = state();
    const commentId = await tools.commentIn(b, 'ada', 'Another question');
    const merged = await run('mod', 'mergeDiscussions', { sourceId: a, destinationId: b }, 'comment { id }');
    const sides = { source: { id: a }, destination: { id: b } };
    const comment = { id: merged.comment.id };
    const of = { ...NOTHING, actor: { name: 'mod' }, createdAt: expect.any(String), id: expect.any(String) };
    const merge = { ...of, ...sides, action: 'MERGE_DISCUSSION' };
    expect((await logOf(a)).nodes).toEqual([{ ...merge, discussion: { id: a } }]);
    expect((await logOf(b)).nodes).toEqual([{ ...merge, comment, discussion: { id: b } }]);
    await run('fay', 'unmergeDiscussions', { sourceId: a }, 'clientMutationId');
    const undone = { ...of, ...sides, action: 'UNMERGE_DISCUSSION', actor: { name: 'fay' } };
    forum.wait(1);
    const made = await run(
      'mod',
      'splitDiscussion',
      { commentIds: [commentId], title: 'S' },
      'discussion { id }',
    );
    const split = { ...of, source: { id: b }, destination: made.discussion, action: 'SPLIT_DISCUSSION' };
    expect((await logOf(made.discussion.id)).nodes).toEqual([{ ...split, discussion: made.discussion }]);
    expect(await logOf(b)).toEqual({
      totalCount: 3,
      nodes: [split, undone, merge].map((one) => ({ ...one, discussion: { id: b } })),
    });
    expect((await logOf(a)).nodes[0]).toEqual({ ...undone, discussion: { id: a } });
  });

  test('says what was redacted and why, which mark and which key was removed', async () => {
    const { forum, garden } = state();
    const about = { title: 'T', body: 'An address.', externalId: `page of ${engine}` };
    const place = { categoryId: garden.fruit, productId: garden.orchard };
    const { discussion } = await run('ada', 'createDiscussion', { ...about, ...place }, 'discussion { id }');
    const discussionId = discussion.id as string;
    await redact(discussionId);
    const role = { authorId: await forum.as('vic').id(), role: 'VENDOR', productIds: [garden.orchard] };
    await run('root', 'setAuthorRole', role, 'clientMutationId');
    const said = { discussionId, body: 'An address.', isOfficial: true };
    const { comment } = await run('vic', 'addComment', said, 'comment { id }');
    await run('vic', 'updateComment', { commentId: comment.id, body: 'None.' }, 'clientMutationId');
    const revision = { commentId: comment.id, revision: 1 };
    await run('mod', 'redactCommentRevision', revision, 'clientMutationId');
    await run('root', 'setAuthorRole', { ...role, role: 'MEMBER', productIds: [] }, 'clientMutationId');
    await run('mod', 'deleteDiscussion', { discussionId }, 'clientMutationId');
    await run('mod', 'createDiscussion', { ...about, title: 'Anew' }, 'clientMutationId');
    expect((await ask(LOG, discussionId)).data.node).toBeNull();
    await run('mod', 'restoreDiscussion', { discussionId }, 'clientMutationId');
    const { nodes } = await logOf(discussionId);
    const of = { ...NOTHING, discussion, source: null, destination: null };
    expect(nodes).toMatchObject([
      { ...of, action: 'RELEASE_EXTERNAL_ID', externalId: about.externalId, actor: { name: 'mod' } },
      { ...of, action: 'CLEAR_OFFICIAL', comment, actor: { name: 'root' } },
      { ...of, action: 'REDACT_COMMENT_REVISION', comment, revision: 1 },
      { ...of, action: 'REDACT_DISCUSSION_REVISION', revision: 1, reason: 'An address' },
    ]);
  });

  test.each([
    ['guest', false],
    ['ada', false],
    ['ben', false],
    ['rue', false],
    ['the key of mod that only reads', false],
    ['fay', true],
    ['mod', true],
    ['root', true],
  ])('of a discussion about fruit, asked by %s: %s', async (as, isShown) => {
    const { a } = state();
    await redact(a);
    const [event] = (await logOf(a)).nodes;
    expect(await logOf(a, as)).toEqual(
      isShown ? { totalCount: 1, nodes: [event] } : { totalCount: 0, nodes: [] },
    );
    const found = await ask(NODE, event.id, as);
    expect(found.data).toEqual({ node: isShown ? event : null });
    if (!isShown) expect(refusalOf(found)).toEqual(refusalOf(await ask(NODE, `M_${'0'.repeat(26)}`, as)));
  });

  test('goes with its discussion to the moderators of another category', async () => {
    const { a, garden } = state();
    await redact(a);
    await run('mod', 'updateDiscussion', { discussionId: a, categoryId: garden.roots }, 'clientMutationId');
    expect((await logOf(a, 'fay')).totalCount).toBe(0);
    expect((await logOf(a, 'rue')).totalCount).toBe(1);
  });

  test('shows nothing of what was deleted since', async () => {
    const { a, b, tools } = state();
    const commentId = await tools.commentIn(b, 'ada', 'Gone');
    await run('ada', 'updateComment', { commentId, body: 'Gone, edited' }, 'clientMutationId');
    await run('mod', 'redactCommentRevision', { commentId, revision: 1 }, 'clientMutationId');
    await run('mod', 'mergeDiscussions', { sourceId: a, destinationId: b }, 'clientMutationId');
    await run('mod', 'unmergeDiscussions', { sourceId: a }, 'clientMutationId');
    const [{ id }] = (await logOf(a)).nodes;
    await run('mod', 'deleteComment', { commentId }, 'clientMutationId');
    await run('mod', 'deleteDiscussion', { discussionId: a }, 'clientMutationId');
    expect((await logOf(b)).nodes).toMatchObject([
      { action: 'UNMERGE_DISCUSSION', source: null, destination: { id: b } },
      { action: 'MERGE_DISCUSSION', source: null, destination: { id: b }, comment: null },
      { action: 'REDACT_COMMENT_REVISION', comment: null },
    ]);
    expect(refusalOf(await ask(NODE, id))).toMatchObject({ code: 'NOT_FOUND' });
  });
});
