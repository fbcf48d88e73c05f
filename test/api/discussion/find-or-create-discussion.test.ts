import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';

const MADE = 'isNew discussion { id title body externalId author { name } }';

describe.each(engines)('findOrCreateDiscussion on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    for (const by of ['ada', 'ben', 'mod']) await forum.as(by).token();
  });
  afterAll(() => forum.close());

  const upsert = (by: string, externalId: string, input: Record<string, unknown> = {}) =>
    forum
      .as(by)
      .do('findOrCreateDiscussion', { externalId, title: 'About this page', body: 'Say.', ...input }, MADE);
  const rowsWith = async (externalId: string) =>
    (await rowsOf(forum.db)).filter(
      (row) => row.startsWith('discussion ') && row.includes(`"${externalId}"`),
    );

  test('creates the discussion under its externalId, and then finds it unchanged', async () => {
    const made = await upsert('ada', 'page/1');
    expect(made.data.findOrCreateDiscussion).toMatchObject({
      isNew: true,
      discussion: { title: 'About this page', body: 'Say.', externalId: 'page/1', author: { name: 'ada' } },
    });
    const before = await rowsOf(forum.db);
    const found = await upsert('ben', 'page/1', { title: 'Mine now', body: 'Ha.' });
    expect(found.data.findOrCreateDiscussion).toEqual({ ...made.data.findOrCreateDiscussion, isNew: false });
    expect(await rowsOf(forum.db)).toEqual(before);
    const { data } = await forum.ask('{ discussion(externalId: "page/1") { id } }');
    expect(data.discussion.id).toBe(made.data.findOrCreateDiscussion.discussion.id);
  });

  test('sent fifty times at once by several makes one discussion, and fifty answers with it', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => upsert(['ada', 'ben', 'mod'][n % 3] ?? '', 'page/50')),
    );
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    const outcomes = answers.map(({ data }) => data.findOrCreateDiscussion);
    expect(new Set(outcomes.map(({ discussion }) => discussion.id)).size).toBe(1);
    expect(outcomes.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await rowsWith('page/50')).toHaveLength(1);
  });

  test('is one key however its letters are composed', async () => {
    const made = await upsert('ada', 'caf\u00e9');
    const found = await upsert('ada', 'cafe\u0301');
    expect(found.data.findOrCreateDiscussion).toEqual({ ...made.data.findOrCreateDiscussion, isNew: false });
    const { data } = await forum.ask('query ($k: String) { discussion(externalId: $k) { id } }', {
      k: 'cafe\u0301',
    });
    expect(data.discussion.id).toBe(made.data.findOrCreateDiscussion.discussion.id);
  });

  test('refuses guests, invalid keys and texts, and a key whose discussion was deleted', async () => {
    const gone = await upsert('ada', 'page/gone');
    const discussionId = gone.data.findOrCreateDiscussion.discussion.id;
    await forum.as('mod').do('deleteDiscussion', { discussionId }, 'deletedDiscussionId');
    const before = await rowsOf(forum.db);
    const guest = await forum.do(
      'findOrCreateDiscussion',
      { externalId: 'page/2', title: 'A', body: 'B' },
      MADE,
    );
    expect(refusalOf(guest)).toEqual({ code: 'UNAUTHENTICATED' });
    // a moderator of all categories may let it begin anew
    expect(refusalOf(await upsert('ada', 'page/gone'))).toEqual({
      code: 'CONFLICT',
      field: 'input.externalId',
    });
    for (const [externalId, input, code, field] of [
      [' ', {}, 'BAD_USER_INPUT', 'input.externalId'],
      ['x'.repeat(256), {}, 'BAD_USER_INPUT', 'input.externalId'],
      ['page/2', { title: '' }, 'BAD_USER_INPUT', 'input.title'],
      ['page/2', { categoryId: 'K_00000000000000000000000000' }, 'NOT_FOUND', 'input.categoryId'],
    ] as const)
      for (const by of ['ada', 'mod'])
        expect({ externalId, input, ...refusalOf(await upsert(by, externalId, input)) }).toEqual({
          ...{ externalId, input, code, field },
        });
    expect(await rowsOf(forum.db)).toEqual(before);
    const asked = await forum.as('mod').ask('{ discussion(externalId: "page/gone") { id } }');
    expect(refusalOf(asked)).toEqual({ code: 'NOT_FOUND', field: 'externalId' });
  });

  test('createDiscussion refuses a key that is taken, in the same words whether its discussion can be seen', async () => {
    const before = await rowsOf(forum.db);
    for (const externalId of ['page/1', 'page/gone']) {
      const input = { title: 'Again', body: 'B', externalId };
      const { errors } = await forum.as('ben').do('createDiscussion', input, 'discussion { id }');
      expect(errors).toMatchObject([
        {
          message: 'This `externalId` is taken.',
          extensions: { code: 'CONFLICT', field: 'input.externalId' },
        },
      ]);
    }
    expect(await rowsOf(forum.db)).toEqual(before);
  });
});
