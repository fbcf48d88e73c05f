import { describe, expect, test } from 'vitest';
import { deleteRows } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';
import { type DraftState, type Person, useDrafts } from './fixture.ts';

const NODE = 'query ($id: ID!) { node(id: $id) { id } }';
const MINE = 'viewerDraft { body } viewerEditDraft { body }';
const ON_PAGE = `query ($id: ID!) { discussion(id: $id) { ${MINE} comments(first: 1) { nodes { ${MINE} } } } }`;

describe.each(engines)('drafts on %s', (engine) => {
  const state = useDrafts(engine);

  /** Saves a draft of each place as somebody; the text of each names its place. */
  const saveAll = async (who: Person) => {
    const { of, discussionId, commentId } = state();
    await of.save(who, { body: 'new discussion' });
    await of.save(who, { discussionId, body: 'comment' });
    await of.save(who, { replyToId: commentId, body: 'reply' });
    await of.save(who, { editedId: discussionId, body: 'edit of discussion' });
    await of.save(who, { editedId: commentId, body: 'edit of comment' });
  };
  const ALL = ['comment', 'edit of comment', 'edit of discussion', 'new discussion', 'reply'];

  test.each([
    ['new discussion', 'createDiscussion', (_: DraftState) => ({ title: 'T' })],
    ['comment', 'addComment', ({ discussionId }: DraftState) => ({ discussionId })],
    [
      'reply',
      'addComment',
      ({ discussionId, commentId }: DraftState) => ({ discussionId, replyToId: commentId }),
    ],
    ['edit of discussion', 'updateDiscussion', ({ discussionId }: DraftState) => ({ discussionId })],
    ['edit of comment', 'updateComment', ({ commentId }: DraftState) => ({ commentId })],
  ])(
    'of the place %s are removed by their author’s %s there, and no others are',
    async (place, mutation, input) => {
      const { forum, of } = state();
      const [who, other] = [forum.as('mod'), of.newcomer()];
      await of.clear(who);
      for (const one of [who, other]) await saveAll(one);
      const posted = await who.do(mutation, { ...input(state()), body: 'Posted' }, 'clientMutationId');
      expect(posted.errors).toBeUndefined();
      expect((await of.bodies(who)).sort()).toEqual(ALL.filter((body) => body !== place));
      expect((await of.bodies(other)).sort()).toEqual(ALL);
    },
  );

  test('stay when the text is refused, and when something else is changed', async () => {
    const { forum, of, discussionId, commentId } = state();
    const who = of.newcomer();
    await saveAll(who);
    const before = await rowsOf(forum.db);
    for (const [mutation, input] of [
      ['createDiscussion', { title: '', body: 'Posted' }],
      ['addComment', { discussionId, body: '' }],
      ['updateDiscussion', { discussionId, body: 'Posted' }],
      ['updateComment', { commentId, body: 'Posted' }],
    ] as const)
      refusalOf(await who.do(mutation, input, 'clientMutationId'));
    expect(await rowsOf(forum.db)).toEqual(before);
    const ada = forum.as('ada');
    await of.save(ada, { editedId: discussionId, body: 'edit' });
    await ada.do('updateDiscussion', { discussionId, tagSlugs: [] }, 'clientMutationId');
    const found = { title: 'Found', body: 'Found', externalId: discussionId };
    await of.save(ada, { body: 'new' });
    await ada.do('findOrCreateDiscussion', found, 'clientMutationId');
    expect((await of.bodies(ada)).sort()).toEqual(['edit', 'new']);
  });

  test('are removed by an edit that changes nothing: the text is posted', async () => {
    const { forum, of, discussionId, commentId } = state();
    const [ada, ben] = [forum.as('ada'), forum.as('ben')];
    await of.save(ada, { editedId: discussionId, body: 'B' });
    await of.save(ben, { editedId: commentId, body: 'It is.' });
    const edits = async () => [
      (await ada.ask(ON_PAGE, { id: discussionId })).data.discussion.viewerEditDraft,
      (await ben.ask(ON_PAGE, { id: discussionId })).data.discussion.comments.nodes[0].viewerEditDraft,
    ];
    expect(await edits()).toEqual([{ body: 'B' }, { body: 'It is.' }]);
    await ada.do('updateDiscussion', { discussionId, body: 'B' }, 'clientMutationId');
    await ben.do('updateComment', { commentId, body: 'It is.' }, 'clientMutationId');
    expect(await edits()).toEqual([null, null]);
  });

  test('of a discussion that was deleted stay readable without it, and have it again once it is restored', async () => {
    const { forum, of, discussionId, commentId } = state();
    const who = of.newcomer();
    await saveAll(who);
    const places = async () =>
      (await of.list(who)).edges.map(({ node }: { node: Record<string, { id: string } | null> }) => [
        ...[node['body'], node['discussion']?.id ?? null, node['comment']?.id ?? null],
      ]);
    const before = await places();
    await forum.as('mod').do('deleteDiscussion', { discussionId }, 'deletedDiscussionId');
    expect(await places()).toEqual(before.map(([body]: string[]) => [body, null, null]));
    await forum.as('mod').do('restoreDiscussion', { discussionId }, 'discussion { id }');
    expect(await places()).toEqual(before);
    const into = await of.start();
    const merge = { sourceId: discussionId, destinationId: into };
    await forum.as('mod').do('mergeDiscussions', merge, 'clientMutationId');
    // comments move with their replies
    expect(Object.fromEntries((await places()).map(([body, ...rest]: string[]) => [body, rest]))).toEqual({
      ...{ 'new discussion': [null, null], comment: [null, null], 'edit of discussion': [null, null] },
      ...{ reply: [into, commentId], 'edit of comment': [into, commentId] },
    });
    // a comment for the merged discussion is added to the other one
    await who.do('addComment', { discussionId, body: 'Posted' }, 'comment { id }');
    expect(await of.bodies(who)).not.toContain('comment');
  });

  test('fill the composers of a page: nothing for a guest, and a statement for each kind', async () => {
    const { forum, of, discussionId } = state();
    const who = of.newcomer();
    await saveAll(who);
    const page = (fields: string) =>
      `{ discussions(first: 20, orderBy: NEWEST) { nodes { id ${fields} comments(first: 1) { nodes { id ${fields} } } } } }`;
    const variables = { id: discussionId };
    expect((await who.ask(ON_PAGE, variables)).data.discussion).toEqual({
      ...{ viewerDraft: { body: 'comment' }, viewerEditDraft: { body: 'edit of discussion' } },
      comments: { nodes: [{ viewerDraft: { body: 'reply' }, viewerEditDraft: { body: 'edit of comment' } }] },
    });
    const nothing = { viewerDraft: null, viewerEditDraft: null };
    for (const ask of [forum.ask, forum.as('root').ask])
      expect((await ask(ON_PAGE, variables)).data.discussion).toEqual({
        ...{ ...nothing, comments: { nodes: [nothing] } },
      });
    const token = await who.token();
    const counted = async (fields: string, by?: string) =>
      (await forum.count(page(fields), {}, by)).statements;
    await counted('', token);
    expect(await counted(MINE)).toBe(await counted(''));
    expect(await counted(MINE, token)).toBe((await counted('', token)) + 4);
  });

  test('are their owner’s alone: to others one is as unknown as an id of nothing', async () => {
    const { forum, of, discussionId } = state();
    const [owner, other] = [of.newcomer(), of.newcomer()];
    const { id } = (await of.save(owner, { discussionId, body: 'secret words' })).node;
    const unknown = 'F_00000000000000000000000000';
    const before = await rowsOf(forum.db);
    for (const who of [other, forum.as('mod'), forum.as('root')]) {
      for (const send of [
        (draftId: string) => who.ask(NODE, { id: draftId }),
        (draftId: string) => who.do('deleteDraft', { draftId }, 'deletedDraftId'),
      ]) {
        const [hidden, nothing] = [await send(id), await send(unknown)];
        expect(JSON.stringify(hidden).replaceAll(id, unknown)).toBe(JSON.stringify(nothing));
        expect(refusalOf(hidden).code).toBe('NOT_FOUND');
      }
      expect(await of.bodies(who)).not.toContain('secret words');
      const found = await who.ask('{ search(query: "secret words", first: 5) { totalCount } }');
      expect(found.data.search.totalCount).toBe(0);
    }
    expect(refusalOf(await forum.do('deleteDraft', { draftId: id }, 'deletedDraftId')).code).toBe(
      'UNAUTHENTICATED',
    );
    expect(await rowsOf(forum.db)).toEqual(before);
    expect((await owner.ask(NODE, { id })).data.node).toEqual({ id });
  });

  test('are deleted once, of many requests at once by one, and with their author', async () => {
    const { forum, of, discussionId } = state();
    const who = of.newcomer();
    const { id: draftId } = (await of.save(who, { discussionId, body: 'B' })).node;
    const send = () => who.do('deleteDraft', { draftId }, 'deletedDraftId discussion { viewerDraft { id } }');
    const answers = await Promise.all(Array.from({ length: 20 }, send));
    expect(answers.flatMap(({ data }) => data?.deleteDraft ?? [])).toEqual([
      { deletedDraftId: draftId, discussion: { viewerDraft: null } },
    ]);
    expect(refusalOf(await send())).toEqual({ code: 'NOT_FOUND', field: 'input.draftId' });
    await of.save(who, { discussionId, body: 'another' });
    const id = (await who.id()).slice(2);
    await forum.db.transaction(async (tx) => deleteRows(tx, 'author', { id }));
    expect((await rowsOf(forum.db)).filter((row) => row.includes('another'))).toEqual([]);
  });

  test('end once, whether they are saved or posted at the same time', async () => {
    const { of, discussionId } = state();
    const who = of.newcomer();
    await who.token();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        n % 3
          ? who.do('saveDraft', { discussionId, body: 'B' }, 'draftEdge { node { id } }')
          : who.do('addComment', { discussionId, body: `Posted ${n}` }, 'comment { id }'),
      ),
    );
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    expect((await of.bodies(who)).length).toBeLessThanOrEqual(1);
    await who.do('addComment', { discussionId, body: 'Posted last' }, 'comment { id }');
    expect(await of.bodies(who)).toEqual([]);
  });
});
