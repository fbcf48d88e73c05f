import { beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { moderationOf, useMerging } from './merged-forum.ts';

// marks of moderators: like the authors of imported comments, ben represents no product
describe.each(engines)('the mark of an official comment on %s', (engine) => {
  const merging = useMerging(engine);
  let { forum, tools, garden, a, c } = {} as ReturnType<typeof merging>;
  let there = '';
  beforeEach(async () => {
    ({ forum, tools, garden, a, c } = merging());
    there = await official(a);
  });

  const official = async (discussionId: string) => {
    const commentId = await tools.commentIn(discussionId, 'ben', 'We say.');
    await forum.as('mod').do('updateComment', { commentId, isOfficial: true }, 'comment { id }');
    return commentId;
  };
  const areOfficial = async (...ids: string[]) => {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Comment { isOfficial } } }';
    const { data } = await forum.ask(query, { ids });
    return data.nodes.map(({ isOfficial }: { isOfficial: boolean }) => isOfficial);
  };

  test('stays in a merge, its undo and a split within a product', async () => {
    const moved = await official(c);
    await tools.merge(c, a);
    expect(await areOfficial(there, moved)).toEqual([true, true]);
    expect((await tools.unmerge(c)).errors).toBeUndefined();
    expect(await areOfficial(there, moved)).toEqual([true, true]);
    const question = await tools.commentIn(a, 'ben', 'A question');
    expect((await tools.split([question, there])).errors).toBeUndefined();
    expect(await areOfficial(there, moved)).toEqual([true, true]);
  });

  test('stays where a discussion about another product is merged, whose own marks go', async () => {
    await forum
      .as('mod')
      .do('updateDiscussion', { discussionId: c, productId: garden.orchard }, 'discussion { id }');
    const moved = await official(c);
    await tools.merge(c, a);
    expect(await areOfficial(there, moved)).toEqual([true, false]);
    const cleared = { action: 'CLEAR_OFFICIAL', commentId: moved.slice(2) };
    expect(await moderationOf(forum, c)).toContainEqual(expect.objectContaining(cleared));
    const later = await official(a);
    expect((await tools.unmerge(c)).errors).toBeUndefined();
    expect(await areOfficial(there, later)).toEqual([true, true]);
  });
});
