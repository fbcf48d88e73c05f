import { beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import type { Forum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';
import { ask } from '../discussion/discussion-cast.ts';
import { type mergingIn, useMerging } from './merged-forum.ts';

const NONE = 'D_00000000000000000000000000';

describe.each(engines)('who may merge on %s', (engine) => {
  const merging = useMerging(engine);
  let forum: Forum;
  let garden: ReturnType<typeof merging>['garden'];
  let tools: ReturnType<typeof mergingIn>;
  let [a, b, c] = ['', '', ''];
  beforeEach(() => {
    ({ forum, garden, tools, a, b, c } = merging());
  });

  test('refuses those who may not, and unknown ids, and writes nothing', async () => {
    const elsewhere = await ask(forum.as('ada'), { categoryId: garden.roots });
    const rows = await rowsOf(forum.db);
    const [SOURCE, DESTINATION] = ['input.sourceId', 'input.destinationId'];
    const guest = await forum.do('mergeDiscussions', { sourceId: a, destinationId: b }, 'clientMutationId');
    expect(refusalOf(guest)).toEqual({ code: 'UNAUTHENTICATED' });
    for (const by of ['ada', 'vic', 'rue'])
      expect(refusalOf(await tools.merge(a, b, by))).toEqual({ code: 'FORBIDDEN', field: SOURCE });
    expect(refusalOf(await tools.merge(elsewhere, b, 'rue'))).toEqual({
      code: 'FORBIDDEN',
      field: DESTINATION,
    });
    expect(refusalOf(await tools.merge(a, a))).toEqual({ code: 'BAD_USER_INPUT', field: DESTINATION });
    expect(refusalOf(await tools.merge(NONE, b))).toEqual({ code: 'NOT_FOUND', field: SOURCE });
    expect(refusalOf(await tools.merge(a, NONE))).toEqual({ code: 'NOT_FOUND', field: DESTINATION });
    expect(refusalOf(await tools.unmerge(NONE))).toEqual({ code: 'NOT_FOUND', field: SOURCE });
    expect(refusalOf(await tools.unmerge(a, 'ada'))).toEqual({ code: 'FORBIDDEN', field: SOURCE });
    expect(await rowsOf(forum.db)).toEqual(rows);
    const CAN = 'viewerCan { merge { isAllowed code } split { isAllowed code } }';
    const can = (await forum.as('rue').ask(`{ discussion(id: "${a}") { ${CAN} } }`)).data.discussion
      .viewerCan;
    const no = { isAllowed: false, code: 'FORBIDDEN' };
    expect(can).toEqual({ merge: no, split: no });
  });

  test('tells a moderator of another category that they are none of this discussion', async () => {
    const message = 'Only a moderator of this discussion can merge or split it.';
    const { errors } = await tools.merge(a, b, 'rue');
    expect(errors?.[0]?.message).toBe(message);
    const CAN = 'viewerCan { merge { message } split { message } pin { message } lock { message } }';
    const { data } = await forum.as('rue').ask(`{ discussion(id: "${a}") { ${CAN} } }`);
    expect(data.discussion.viewerCan).toEqual({
      merge: { message },
      split: { message },
      pin: { message: 'Only a moderator of this discussion can pin it.' },
      lock: { message: 'Only a moderator of this discussion can lock it.' },
    });
  });

  test('what was merged into a deleted discussion is unknown to those who do not moderate both', async () => {
    const inRoots = await ask(forum.as('ada'), { categoryId: garden.roots });
    for (const source of [a, inRoots]) expect((await tools.merge(source, b)).errors).toBeUndefined();
    await forum.as('mod').do('deleteDiscussion', { discussionId: b }, 'clientMutationId');
    const rows = await rowsOf(forum.db);
    const unknown = refusalOf(await tools.unmerge(NONE, 'ada'));
    expect(unknown).toEqual({ code: 'NOT_FOUND', field: 'input.sourceId' });
    for (const by of ['ada', 'vic', 'rue'])
      for (const source of [a, inRoots]) {
        expect(refusalOf(await tools.unmerge(source, by))).toEqual(unknown);
        expect(refusalOf(await tools.merge(source, c, by))).toEqual(unknown);
      }
    expect(refusalOf(await tools.merge(a, c))).toEqual(unknown);
    expect(refusalOf(await tools.unmerge(a))).toEqual({ code: 'CONFLICT', field: 'input.sourceId' });
    expect(await rowsOf(forum.db)).toEqual(rows);
  });
});
