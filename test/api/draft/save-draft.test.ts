import { describe, expect, test } from 'vitest';
import { newId } from '../../../src/store/ids.ts';
import { change } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { CAPTURED_AT } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';
import { EMPTY, LIST, useDrafts } from './fixture.ts';

const DRAFT_EACH = change(
  'test.draftEach',
  (d) => `INSERT INTO draft (id, author_id, kind, subject_id, body, saved_at)
    SELECT p.value, a.id, 'COMMENT', p.value, 'B', a.created_at FROM ${d.eachOf('p')} CROSS JOIN author a WHERE a.id = ?`,
  { table: 'draft', sets: null, by: [null, null] },
);

describe.each(engines)('saveDraft on %s', (engine) => {
  const state = useDrafts(engine);

  test.each(['discussionId', 'replyToId', 'editedId'])(
    'refuses an empty %s, and leaves the draft of a new discussion as it is',
    async (field) => {
      const { of } = state();
      const who = of.newcomer();
      await of.save(who, { title: 'An hour of work', body: 'Long' });
      const refused = await who.do('saveDraft', { [field]: '', body: 'A comment' }, 'clientMutationId');
      expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', field: `input.${field}` });
      const { data } = await who.ask('{ viewer { drafts(first: 9) { nodes { title body } } } }');
      expect(data.viewer.drafts.nodes).toEqual([{ title: 'An hour of work', body: 'Long' }]);
    },
  );

  test('has one draft for each place, and lists what was saved last first', async () => {
    const { forum, of, discussionId, commentId } = state();
    const who = of.newcomer();
    const places = [
      {},
      { discussionId },
      { discussionId, replyToId: commentId },
      { editedId: discussionId },
      { editedId: commentId },
    ];
    const saved = [];
    for (const [n, place] of places.entries()) {
      forum.wait(1000);
      saved.unshift(await of.save(who, { ...place, body: `Draft ${n}` }));
    }
    const on = (kind: string, discussion: string | null, comment: string | null, n: number) => ({
      ...{
        ...EMPTY,
        kind,
        body: `Draft ${n}`,
        id: expect.stringMatching(/^F_/),
        savedAt: expect.any(String),
      },
      discussion: discussion && { id: discussion },
      comment: comment && { id: comment },
    });
    expect(saved.map(({ node }) => node)).toEqual([
      on('COMMENT_EDIT', discussionId, commentId, 4),
      on('DISCUSSION_EDIT', discussionId, null, 3),
      on('REPLY', discussionId, commentId, 2),
      on('COMMENT', discussionId, null, 1),
      on('DISCUSSION', null, null, 0),
    ]);
    expect(await of.list(who)).toEqual({ totalCount: 5, edges: saved });
    // without the discussion it is the same reply
    forum.wait(1000);
    const again = await of.save(who, { replyToId: commentId, body: 'Draft 5' });
    expect(again.node).toEqual({ ...on('REPLY', discussionId, commentId, 5), id: saved[2].node.id });
    expect(await of.bodies(who)).toEqual(['Draft 5', 'Draft 4', 'Draft 3', 'Draft 1', 'Draft 0']);
  });

  test('replaces the whole draft: omitted members are cleared, and blanks stay', async () => {
    const { forum, of } = state();
    const who = of.newcomer();
    const mod = forum.as('mod');
    const made = await mod.do('createCategory', { name: 'Here' }, 'category { id }');
    const product = await mod.do('createProduct', { name: 'Desk' }, 'product { id }');
    const tags = [];
    for (const name of ['Zebra', 'Ant']) {
      const { data } = await mod.do('createTag', { name }, 'tag { id slug }');
      tags.push(data.createTag.tag);
    }
    const refs = {
      categoryId: made.data.createCategory.category.id,
      productId: product.data.createProduct.product.id,
      tagSlugs: ['zebra', 'ant'],
    };
    const full = await of.save(who, { title: ' What i ', body: ' \n', ...refs });
    expect(full.node).toMatchObject({
      ...{ title: ' What i ', body: ' \n', category: { name: 'Here' }, product: { name: 'Desk' } },
      tags: [{ slug: 'zebra' }, { slug: 'ant' }],
    });
    await mod.do('deleteTag', { tagId: tags[0].id }, 'deletedTagId');
    await mod.do('deleteCategory', { categoryId: refs.categoryId }, 'deletedCategoryId');
    const [left] = (await of.list(who)).edges;
    expect(left.node).toEqual({ ...full.node, category: null, tags: [{ slug: 'ant' }] });
    const cleared = await of.save(who, { body: '' });
    expect(cleared.node).toEqual({ ...EMPTY, id: full.node.id, savedAt: expect.any(String) });
  });

  test('makes one draft of many at once, and each succeeds', async () => {
    const { of, discussionId } = state();
    const who = of.newcomer();
    await who.token();
    const bodies = Array.from({ length: 30 }, (_, n) => `Draft ${n}`);
    const saved = await Promise.all(bodies.map((body) => of.save(who, { discussionId, body })));
    expect(new Set(saved.map(({ node }) => node.id)).size).toBe(1);
    const [body, ...others] = await of.bodies(who);
    expect(others).toEqual([]);
    expect(bodies).toContain(body);
  });

  test('has a maximum of 100 drafts for each author, which those that come at once do not exceed', async () => {
    const { forum, of, discussionId, commentId } = state();
    const who = of.newcomer();
    const ids = Array.from({ length: 99 }, () => newId(CAPTURED_AT));
    const authorId = (await who.id()).slice(2);
    await forum.db.transaction(async (tx) => tx.run(DRAFT_EACH, [ids, authorId]));
    const send = (place: object) => who.do('saveDraft', { ...place, body: 'B' }, 'draftEdge { node { id } }');
    const answers = await Promise.all([send({ discussionId }), send({ replyToId: commentId })]);
    const refused = answers.filter(({ errors }) => errors !== undefined);
    expect(refused.map(refusalOf)).toEqual([{ code: 'BAD_USER_INPUT', field: 'input.body' }]);
    expect(refused[0]?.errors?.[0]?.message).toBe(
      'You have 100 drafts, which is the maximum: delete one first.',
    );
    expect(await of.bodies(who)).toHaveLength(100);
    const draftId = `F_${ids[0]}`;
    await who.do('deleteDraft', { draftId }, 'deletedDraftId');
    for (const place of [{ discussionId }, { replyToId: commentId }]) await send(place);
    expect(await of.bodies(who)).toHaveLength(100);
  });

  test('refuses what cannot be posted there, guests and keys that only read, and writes nothing', async () => {
    const { forum, of, discussionId, commentId } = state();
    const who = of.newcomer();
    const [writing, reading] = [await who.token(), await who.keyWith(['READ'])];
    const gone = await of.start();
    const goneComment = await of.say(gone);
    await forum.as('mod').do('deleteDiscussion', { discussionId: gone }, 'deletedDiscussionId');
    const other = await of.start();
    const before = await rowsOf(forum.db);
    const refusal = async (input: object, token?: string) => {
      const answer = await forum.do('saveDraft', { body: 'B', ...input }, 'draftEdge { cursor }', token);
      return answer.errors ? refusalOf(answer) : 'saved';
    };
    expect(await refusal({})).toEqual({ code: 'UNAUTHENTICATED' });
    expect(await refusal({}, reading)).toEqual({ code: 'FORBIDDEN' });
    const bad = (field: string) => ({ code: 'BAD_USER_INPUT', field: `input.${field}` });
    const unknown = (field: string) => ({ code: 'NOT_FOUND', field: `input.${field}` });
    for (const [input, expected] of [
      [{ discussionId: gone }, unknown('discussionId')],
      [{ discussionId: commentId }, unknown('discussionId')],
      [{ replyToId: goneComment }, unknown('replyToId')],
      [{ replyToId: discussionId }, unknown('replyToId')],
      [{ editedId: gone }, unknown('editedId')],
      [{ editedId: goneComment }, unknown('editedId')],
      [{ editedId: await who.id() }, unknown('editedId')],
      [{ discussionId: other, replyToId: commentId }, bad('replyToId')],
      [{ discussionId, editedId: discussionId }, bad('editedId')],
      [{ discussionId, title: 'A title' }, bad('title')],
      [{ replyToId: commentId, categoryId: 'K_0' }, bad('categoryId')],
      [{ editedId: commentId, tagSlugs: [] }, bad('tagSlugs')],
      [{ categoryId: 'K_0' }, unknown('categoryId')],
      [{ tagSlugs: ['no-such-tag'] }, unknown('tagSlugs')],
      [{ title: 'x'.repeat(301) }, bad('title')],
      [{ title: 'Two\nlines' }, bad('title')],
      [{ body: 'x'.repeat(60_001) }, bad('body')],
      [{ discussionId, body: ' '.repeat(60_001) }, bad('body')],
      [{ discussionId, body: 'a \u0000' }, bad('body')],
    ] as const)
      expect([input, await refusal(input, writing)]).toEqual([input, expected]);
    expect(await rowsOf(forum.db)).toEqual(before);
    expect(await of.save(who, { body: 'x'.repeat(60_000) })).toBeTruthy();
    expect(await forum.ask(LIST)).toEqual({ data: { viewer: null } });
    expect((await forum.askWith(reading, LIST)).data.viewer.drafts.totalCount).toBe(1);
  });
});
