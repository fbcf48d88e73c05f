import { beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import type { Forum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';
import { keepOnly } from '../discussion/discussion-cast.ts';
import { type mergingIn, useMerging } from './merged-forum.ts';

const NONE = 'C_00000000000000000000000000';

describe.each(engines)('splitting on %s', (engine) => {
  const merging = useMerging(engine);
  let forum: Forum;
  let tools: ReturnType<typeof mergingIn>;
  let garden: ReturnType<typeof merging>['garden'];
  let [a, b] = ['', ''];
  beforeEach(() => {
    ({ forum, tools, garden, a, b } = merging());
  });

  test('refuses what it cannot do, and writes nothing', async () => {
    const top = await tools.commentIn(a, 'ben', 'Top');
    const reply = await tools.commentIn(a, 'cleo', 'Reply', top);
    const elsewhere = await tools.commentIn(b, 'cleo', 'Elsewhere');
    const gone = await tools.commentIn(a, 'ben', 'Gone');
    await tools.commentIn(a, 'cleo', 'Below', gone);
    await forum.as('ben').do('deleteComment', { commentId: gone }, 'clientMutationId');
    await keepOnly(forum, forum.as('fay'), garden.fruit);
    const rows = await rowsOf(forum.db);
    const codeOf = async (ids: string[], title = 'Split?', more = {}, by = 'mod') =>
      refusalOf(await tools.split(ids, title, more, by));
    const IDS = 'input.commentIds';
    expect(await codeOf([])).toEqual({ code: 'BAD_USER_INPUT', field: IDS });
    expect(await codeOf([NONE])).toMatchObject({ code: 'NOT_FOUND', field: IDS });
    expect(await codeOf([top, elsewhere])).toMatchObject({ code: 'BAD_USER_INPUT', field: IDS });
    expect(await codeOf([reply, top])).toMatchObject({ code: 'BAD_USER_INPUT', field: IDS });
    expect(await codeOf([gone])).toMatchObject({ code: 'CONFLICT', field: IDS });
    const many = Array.from({ length: 101 }, (_, n) => `C_${String(n).padStart(26, '0')}`);
    expect(await codeOf(many)).toEqual({ code: 'BAD_USER_INPUT', field: IDS });
    expect(await codeOf(many.slice(1))).toEqual({ code: 'NOT_FOUND', field: IDS });
    expect(await codeOf([top], ' ')).toEqual({ code: 'BAD_USER_INPUT', field: 'input.title' });
    const category = { categoryId: garden.roots };
    expect(await codeOf([top], 'Split?', category, 'ada')).toEqual({ code: 'FORBIDDEN', field: IDS });
    const into = await tools.split([top], 'Split?', category, 'fay');
    expect([refusalOf(into), into.errors?.[0]?.message]).toEqual([
      { code: 'FORBIDDEN', field: 'input.categoryId' },
      'A moderator can split discussions only into categories that they moderate.',
    ]);
    expect(await codeOf([top], 'Split?', {}, 'rue')).toEqual({ code: 'FORBIDDEN', field: IDS });
    expect(await rowsOf(forum.db)).toEqual(rows);
  });

  test('a repeated id counts once, and an answer that moves is no answer any more', async () => {
    const top = await tools.commentIn(a, 'ben', 'Top');
    const other = await tools.commentIn(a, 'cleo', 'Other');
    await forum.as('ada').do('markCommentAsAnswer', { commentId: other }, 'comment { id }');
    const { data } = await tools.split([top, top, other], 'Split off?', { categoryId: null });
    expect(data.splitDiscussion).toMatchObject({
      ...{ removedCommentId: top, unmarkedAnswer: { id: other }, source: { answer: null, commentCount: 0 } },
      discussion: { body: 'Top', commentCount: 1, splitFrom: { id: a } },
    });
    // the old discussion is merged: the new one leads to where it is now
    expect((await tools.merge(a, b)).errors).toBeUndefined();
    const split = data.splitDiscussion.discussion.id;
    const asked = await forum.ask(`{ discussion(id: "${split}") { splitFrom { id } } }`);
    expect(asked.data.discussion.splitFrom).toEqual({ id: b });
  });

  test('a merged question that is split off again is no merged discussion of the destination', async () => {
    const { data } = await tools.merge(a, b);
    await tools.split([data.mergeDiscussions.comment.id], 'Split off?');
    const asked = await forum.ask(`{ discussion(id: "${b}") { mergedDiscussions { totalCount } } }`);
    expect(asked.data.discussion.mergedDiscussions.totalCount).toBe(0);
    expect(refusalOf(await tools.unmerge(a))).toMatchObject({ code: 'CONFLICT' });
  });
});
