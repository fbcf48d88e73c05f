import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { CAPTURED_AT, type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';
import { ask, keepOnly, plantGarden, revisionRows } from './discussion-cast.ts';

const TEXT = 'discussion { title body bodyHTML slug revision lastEditedAt }';
const MINUTE = 60_000;

describe.each(engines)('updateDiscussion on %s', (engine) => {
  let forum: Forum;
  let garden: Awaited<ReturnType<typeof plantGarden>>;
  let discussionId: string;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty', { editWindowMs: 30 * MINUTE });
    garden = await plantGarden(forum);
    await keepOnly(forum, forum.as('fay'), garden.fruit);
    await keepOnly(forum, forum.as('rue'), garden.roots);
  });
  afterAll(() => forum.close());
  beforeEach(async () => {
    discussionId = await ask(forum.as('ada'), { categoryId: garden.fruit });
  });

  const update = (by: string, input: Record<string, unknown>, selection = TEXT) =>
    forum.as(by).do('updateDiscussion', { discussionId, ...input }, selection);

  test('updates title and text, stores the revision before, and leaves the slug', async () => {
    const known = (await revisionRows(forum)).length;
    const { data, errors } = await update('ada', {
      title: 'Is it ripe now?',
      body: 'It is **red**.',
      revision: 1,
    });
    expect(errors).toBeUndefined();
    const { slug, ...text } = data.updateDiscussion.discussion;
    expect(slug).toMatch(/^is-it-ripe(-\d+)?$/);
    expect(text).toEqual({
      title: 'Is it ripe now?',
      body: 'It is **red**.',
      bodyHTML: '<p>It is <strong>red</strong>.</p>',
      revision: 2,
      lastEditedAt: CAPTURED_AT.toISOString(),
    });
    const rows = await revisionRows(forum);
    expect(rows.length).toBe(known + 1);
    expect(rows.at(-1)).toEqual({ revision: 1, title: 'Is it ripe?', body: 'It is *green*.' });
  });

  test('mentions the people of the new text in place of those of the old', async () => {
    await forum.as('ben').id();
    await forum.as('cleo').id();
    const mentions = 'discussion { mentions { handle } }';
    const named = await update('ada', { body: 'Ask @ben.' }, mentions);
    expect(named.data.updateDiscussion.discussion.mentions).toEqual([{ handle: 'ben' }]);
    const others = await update('ada', { body: 'Ask @cleo.' }, mentions);
    expect(others.data.updateDiscussion.discussion.mentions).toEqual([{ handle: 'cleo' }]);
    const kept = await update('ada', { title: 'Who knows?' }, mentions);
    expect(kept.data.updateDiscussion.discussion.mentions).toEqual([{ handle: 'cleo' }]);
  });

  test('writes nothing without a change', async () => {
    await update('ada', { tagSlugs: ['red', 'sweet'], productId: garden.orchard });
    const before = await rowsOf(forum.db);
    for (const input of [
      {},
      { title: 'Is it ripe?', body: 'It is *green*.' },
      { tagSlugs: ['sweet', 'red', 'red'], productId: garden.orchard, categoryId: garden.fruit },
    ]) {
      const { data } = await update('ada', input);
      expect(data.updateDiscussion.discussion).toMatchObject({ revision: 1, lastEditedAt: null });
    }
    expect(await rowsOf(forum.db)).toEqual(before);
  });

  test('accepts a repeat of an edit although it is based on the revision before', async () => {
    const edit = { title: 'Is it ripe now?', body: 'Red.', tagSlugs: ['red'], revision: 1 };
    const first = await update('ada', edit);
    const before = await rowsOf(forum.db);
    for (const part of [
      edit,
      { body: 'Red.', revision: 1 },
      { title: edit.title, revision: 1 },
      { revision: 1 },
    ])
      expect(await update('ada', part)).toEqual(first);
    expect(await rowsOf(forum.db)).toEqual(before);
    for (const more of [{ body: 'Blue.' }, { tagSlugs: [] }, { productId: garden.orchard }]) {
      const { errors } = await update('ada', { ...edit, ...more });
      expect(errors?.map(({ extensions }) => extensions)).toEqual([
        {
          code: 'CONFLICT',
          field: 'input.revision',
          currentRevision: first.data.updateDiscussion.discussion.revision,
        },
      ]);
    }
    expect(await rowsOf(forum.db)).toEqual(before);
  });

  test('moves to another category, product and tags without a new revision, and clears them by null', async () => {
    const place = 'discussion { revision category { slug } product { slug } tags { slug } }';
    const moved = await update(
      'ada',
      { categoryId: garden.roots, productId: garden.orchard, tagSlugs: ['red'] },
      place,
    );
    expect(moved.data.updateDiscussion.discussion).toEqual({
      revision: 1,
      category: { slug: 'roots' },
      product: { slug: 'orchard' },
      tags: [{ slug: 'red' }],
    });
    const bare = await update('ada', { categoryId: null, productId: null, tagSlugs: null }, place);
    expect(bare.data.updateDiscussion.discussion).toEqual({
      revision: 1,
      category: null,
      product: null,
      tags: [],
    });
  });

  test('refuses who may not, and what cannot be, and writes nothing', async () => {
    await forum.as('ada').do('updateDiscussion', { discussionId, body: 'Second.' }, TEXT);
    for (const name of ['ben', 'vic', 'rue', 'fay', 'mod', 'root']) await forum.as(name).token();
    const before = await rowsOf(forum.db);
    const guest = await forum.do('updateDiscussion', { discussionId, title: 'Mine' }, TEXT);
    expect(refusalOf(guest)).toEqual({ code: 'UNAUTHENTICATED' });
    const table: [by: string, input: Record<string, unknown>, code: string, field: string][] = [
      ['ben', { title: 'Mine' }, 'FORBIDDEN', 'input.discussionId'],
      ['vic', { title: 'Mine' }, 'FORBIDDEN', 'input.discussionId'],
      ['rue', { title: 'Mine' }, 'FORBIDDEN', 'input.discussionId'],
      ['fay', { categoryId: garden.roots }, 'FORBIDDEN', 'input.categoryId'],
      ['fay', { categoryId: null }, 'FORBIDDEN', 'input.categoryId'],
      ['ada', { title: 'Late', revision: 1 }, 'CONFLICT', 'input.revision'],
      ['ada', { title: null }, 'BAD_USER_INPUT', 'input.title'],
      ['ada', { body: null }, 'BAD_USER_INPUT', 'input.body'],
      ['ada', { title: ' ' }, 'BAD_USER_INPUT', 'input.title'],
      ['ada', { title: 'x'.repeat(301) }, 'BAD_USER_INPUT', 'input.title'],
      ['ada', { body: 'a\u202Eb' }, 'BAD_USER_INPUT', 'input.body'],
      ['ada', { categoryId: garden.orchard }, 'NOT_FOUND', 'input.categoryId'],
      ['ada', { tagSlugs: ['none'] }, 'NOT_FOUND', 'input.tagSlugs'],
      ['mod', { discussionId: 'D_00000000000000000000000000' }, 'NOT_FOUND', 'input.discussionId'],
    ];
    for (const [by, input, code, field] of table)
      expect({ by, input, ...refusalOf(await update(by, input)) }).toEqual({ by, input, code, field });
    expect(await rowsOf(forum.db)).toEqual(before);
  });

  test('lets the moderators of the category change it, and those of both move it', async () => {
    for (const by of ['fay', 'mod', 'root']) {
      const { errors } = await update(by, { title: `By ${by}` });
      expect(errors).toBeUndefined();
    }
    expect((await update('mod', { categoryId: garden.roots })).errors).toBeUndefined();
    expect(refusalOf(await update('fay', { title: 'No more mine' }))).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('leaves a locked discussion to its moderators', async () => {
    await forum.as('fay').do('lockDiscussion', { discussionId }, 'discussion { id }');
    const before = await rowsOf(forum.db);
    expect(refusalOf(await update('ada', { title: 'Quick' }))).toEqual({
      code: 'LOCKED',
      field: 'input.discussionId',
    });
    expect(await rowsOf(forum.db)).toEqual(before);
    expect((await update('fay', { title: 'Calmer' })).errors).toBeUndefined();
  });

  test('of concurrent edits based on one revision lets exactly one through', async () => {
    const known = (await revisionRows(forum)).length;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => update(n % 2 ? 'ada' : 'mod', { title: `Try ${n}`, revision: 1 })),
    );
    const refusals = answers.filter(({ errors }) => errors).map(refusalOf);
    expect(refusals).toEqual(Array(19).fill({ code: 'CONFLICT', field: 'input.revision' }));
    const rows = await revisionRows(forum);
    expect(rows.length).toBe(known + 1);
  });

  test('stores every revision of edits that are based on none', async () => {
    const known = (await revisionRows(forum)).length;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => update('ada', { title: `Turn ${n}` })),
    );
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    const rows = (await revisionRows(forum)).slice(known);
    expect(rows.length).toBe(20);
    const { data } = await forum.ask(
      'query ($id: ID!) { node(id: $id) { ... on Discussion { revision } } }',
      {
        id: discussionId,
      },
    );
    expect(data.node.revision).toBe(21);
  });

  test('does it once under one idempotency key', async () => {
    const input = { title: 'Once', revision: 1, idempotencyKey: `once ${discussionId}` };
    const answers = await Promise.all(Array.from({ length: 50 }, () => update('ada', input)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.data.updateDiscussion.discussion).toMatchObject({ title: 'Once', revision: 2 });
  });

  test('a clock that is set back makes no edit older than the one before', async () => {
    forum.wait(10 * MINUTE);
    await update('ada', { title: 'SyncPromise' });
    forum.wait(-20 * MINUTE);
    const { data, errors } = await update('ada', { title: 'Earlier by the clock' });
    forum.wait(10 * MINUTE);
    expect(errors).toBeUndefined();
    const later = new Date(CAPTURED_AT.getTime() + 10 * MINUTE).toISOString();
    expect(data.updateDiscussion.discussion).toMatchObject({ revision: 3, lastEditedAt: later });
  });

  test('ends with the edit window for its author, to the millisecond, and never for moderators', async () => {
    forum.wait(30 * MINUTE);
    expect((await update('ada', { title: 'Just in time' })).errors).toBeUndefined();
    forum.wait(1);
    const before = await rowsOf(forum.db);
    const late = await update('ada', { title: 'Too late' });
    const { data } = await forum
      .as('ada')
      .ask(
        'query ($id: ID!) { node(id: $id) { ... on Discussion { viewerCan { update { isAllowed code message } } } } }',
        { id: discussionId },
      );
    const message = 'A text can be edited only in its first 30 minutes.';
    expect(late.errors).toMatchObject([
      { message, extensions: { code: 'FORBIDDEN', field: 'input.discussionId' } },
    ]);
    expect(data.node.viewerCan.update).toEqual({
      isAllowed: false,
      code: 'FORBIDDEN',
      message,
    });
    expect(await rowsOf(forum.db)).toEqual(before);
    expect((await update('mod', { title: 'Mended' })).errors).toBeUndefined();
    forum.wait(-30 * MINUTE - 1);
  });
});
