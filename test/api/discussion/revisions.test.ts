import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { CAPTURED_AT, type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';
import { ask } from './discussion-cast.ts';

const REVISION = `id revision createdAt title body editor { name } discussion { id }
  titleDiff { kind text } bodyDiff { kind text }`;

describe.each(engines)('Discussion.revisions on %s', (engine) => {
  let forum: Forum;
  let discussionId: string;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty', { editWindowMs: 60_000 });
    discussionId = await ask(forum.as('ada'), { title: 'One two', body: 'Red green blue' });
    const edit = (by: string, input: Record<string, unknown>) =>
      forum.as(by).do('updateDiscussion', { discussionId, ...input }, 'discussion { id }');
    forum.wait(1000);
    await edit('ada', { body: 'Red blue' });
    forum.wait(1000);
    await edit('mod', { title: 'One three', body: 'Red blue black' });
  });
  afterAll(() => forum.close());

  const revisions = async (args = '', fields = REVISION) => {
    const { data } = await forum.ask(
      `query ($id: ID!) { node(id: $id) { ... on Discussion { revision revisions${args} { totalCount nodes { ${fields} } } } } }`,
      { id: discussionId },
    );
    return data.node;
  };

  const at = (s: number) => new Date(CAPTURED_AT.getTime() + 1000 * s).toISOString();
  const added = (text: string) => [{ kind: 'ADDED', text }];

  test('are all revisions, newest first, with editor, time and changes', async () => {
    const { revision, revisions: all } = await revisions();
    expect([revision, all.totalCount]).toEqual([3, 3]);
    const shared = { id: expect.stringMatching(/^R_/), discussion: { id: discussionId } };
    expect(all.nodes).toEqual([
      {
        ...{ ...shared, revision: 3, createdAt: at(2), editor: { name: 'mod' } },
        ...{ title: 'One three', body: 'Red blue black' },
        titleDiff: [
          { kind: 'SAME', text: 'One ' },
          { kind: 'REMOVED', text: 'two' },
          { kind: 'ADDED', text: 'three' },
        ],
        bodyDiff: [{ kind: 'SAME', text: 'Red blue' }, ...added(' black')],
      },
      {
        ...{ ...shared, revision: 2, createdAt: at(1), editor: { name: 'ada' } },
        ...{ title: 'One two', body: 'Red blue' },
        titleDiff: [{ kind: 'SAME', text: 'One two' }],
        bodyDiff: [
          { kind: 'SAME', text: 'Red ' },
          { kind: 'REMOVED', text: 'green ' },
          { kind: 'SAME', text: 'blue' },
        ],
      },
      {
        ...{ ...shared, revision: 1, createdAt: at(0), editor: { name: 'ada' } },
        ...{ title: 'One two', body: 'Red green blue' },
        ...{ titleDiff: added('One two'), bodyDiff: added('Red green blue') },
      },
    ]);
    expect(new Set(all.nodes.map(({ id }: { id: string }) => id)).size).toBe(3);
    for (const state of all.nodes) {
      const { data } = await forum.ask(
        `query ($id: ID!) { node(id: $id) { __typename ... on DiscussionRevision { ${REVISION} } } }`,
        { id: state.id },
      );
      expect(data.node).toEqual({ __typename: 'DiscussionRevision', ...state });
    }
  });

  test('are one for a discussion that was never edited', async () => {
    const id = await ask(forum.as('ada'), { title: 'New', body: 'Text' });
    const { data } = await forum.ask(
      `query ($id: ID!) { node(id: $id) { ... on Discussion { revisions { totalCount nodes { revision bodyDiff { kind text } } pageInfo { hasNextPage } } } } }`,
      { id },
    );
    expect(data.node.revisions).toEqual({
      totalCount: 1,
      nodes: [{ revision: 1, bodyDiff: added('Text') }],
      pageInfo: { hasNextPage: false },
    });
  });

  const restore = (by: string, input: Record<string, unknown>) =>
    forum
      .as(by)
      .do(
        'restoreDiscussionRevision',
        { discussionId, ...input },
        'discussion { title body bodyHTML revision }',
      );

  test('restoreDiscussionRevision refuses those who may not edit, and unknown revisions, and writes nothing', async () => {
    for (const by of ['ben', 'vic']) await forum.as(by).token();
    const before = await rowsOf(forum.db);
    const guest = await forum.do(
      'restoreDiscussionRevision',
      { discussionId, revision: 1 },
      'clientMutationId',
    );
    expect(refusalOf(guest)).toEqual({ code: 'UNAUTHENTICATED' });
    const unknown = 'D_00000000000000000000000000';
    for (const [by, input, code, field] of [
      ['ben', { revision: 1 }, 'FORBIDDEN', 'input.discussionId'],
      ['vic', { revision: 1 }, 'FORBIDDEN', 'input.discussionId'],
      ['ada', { revision: 0 }, 'NOT_FOUND', 'input.revision'],
      ['ada', { revision: -1 }, 'NOT_FOUND', 'input.revision'],
      ['ada', { revision: 4 }, 'NOT_FOUND', 'input.revision'],
      ['ada', { discussionId: unknown, revision: 1 }, 'NOT_FOUND', 'input.discussionId'],
    ] as const)
      expect({ by, input, ...refusalOf(await restore(by, input)) }).toEqual({ by, input, code, field });
    forum.wait(60_000);
    const late = await restore('ada', { revision: 1 });
    expect(refusalOf(late)).toEqual({ code: 'FORBIDDEN', field: 'input.discussionId' });
    forum.wait(-60_000);
    expect(await rowsOf(forum.db)).toEqual(before);
  });

  test('restoreDiscussionRevision restores a revision as one more edit, and does nothing for the present one', async () => {
    const restored = await restore('ada', { revision: 1 });
    const state = {
      title: 'One two',
      body: 'Red green blue',
      bodyHTML: '<p>Red green blue</p>',
      revision: 4,
    };
    expect(restored.data.restoreDiscussionRevision.discussion).toEqual(state);
    const before = await rowsOf(forum.db);
    for (const revision of [1, 4]) {
      const again = await restore('ada', { revision });
      expect(again.data.restoreDiscussionRevision.discussion).toEqual(state);
    }
    expect(await rowsOf(forum.db)).toEqual(before);
  });
});
