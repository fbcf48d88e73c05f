import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';

const PREVIEW = `query ($input: PreviewDiscussionInput!) { previewDiscussion(input: $input) {
  title slug bodyHTML bodyText mentions { handle } permission { isAllowed code message }
  titleCharactersRemaining bodyCharactersRemaining rateLimit { remaining } problems { code field } } }`;
const ROWS = statement<{ rows: number }>(
  'test.rows',
  'SELECT (SELECT count(*) FROM discussion) + (SELECT count(*) FROM idempotency_key) AS "rows"',
);

describe.each(engines)('previewDiscussion on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    await forum.as('ben').token();
    const input = { title: 'Is it so?', body: 'Is it?', externalId: 'page-1' };
    await forum.as('ada').do('createDiscussion', input, 'discussion { id }');
  });
  afterAll(() => forum.close());

  test('shows what createDiscussion then adds, and stores nothing', async () => {
    const before = await forum.db.read.all(ROWS, []);
    const input = { title: 'Is it so?', body: '**Who** knows? @ben does' };
    const { data } = await forum.as('ada').ask(PREVIEW, { input });
    const { bodyHTML, ...preview } = data.previewDiscussion;
    expect(preview).toEqual({
      title: 'Is it so?',
      slug: 'is-it-so-2',
      bodyText: 'Who knows? @ben does',
      mentions: [{ handle: 'ben' }],
      permission: { isAllowed: true, code: null, message: null },
      titleCharactersRemaining: 300 - 9,
      bodyCharactersRemaining: 60_000 - 24,
      rateLimit: null,
      problems: [],
    });
    expect(await forum.db.read.all(ROWS, [])).toEqual(before);
    const made = await forum.as('ada').do('createDiscussion', input, 'discussion { slug bodyHTML }');
    expect(made.data.createDiscussion.discussion).toEqual({ slug: 'is-it-so-2', bodyHTML });
  });

  test('shows guests the same, and that they have to sign in', async () => {
    const { data } = await forum.ask(PREVIEW, { input: { title: 'New', body: 'Text' } });
    expect(data.previewDiscussion).toMatchObject({
      slug: 'new',
      bodyHTML: '<p>Text</p>',
      permission: { isAllowed: false, code: 'UNAUTHENTICATED', message: 'Sign in first.' },
      problems: [{ code: 'UNAUTHENTICATED', field: null }],
    });
  });

  test('names all that would be refused at once', async () => {
    const input = {
      ...{ title: ' ', body: 'x'.repeat(60_001), externalId: 'page-1' },
      ...{ categoryId: 'K_nothing', productId: await forum.as('ben').id(), tagSlugs: ['no', 'none', 'no'] },
    };
    const { data } = await forum.as('ada').ask(PREVIEW, { input });
    expect(data.previewDiscussion).toMatchObject({ slug: null, bodyHTML: '', bodyCharactersRemaining: -1 });
    expect(data.previewDiscussion.problems).toEqual([
      { code: 'BAD_USER_INPUT', field: 'input.title' },
      { code: 'BAD_USER_INPUT', field: 'input.body' },
      { code: 'CONFLICT', field: 'input.externalId' },
      { code: 'NOT_FOUND', field: 'input.categoryId' },
      { code: 'NOT_FOUND', field: 'input.productId' },
      { code: 'NOT_FOUND', field: 'input.tagSlugs' },
      { code: 'NOT_FOUND', field: 'input.tagSlugs' },
    ]);
  });

  test.each([
    [{ title: '', body: 'Text' }],
    [{ title: 'two\nlines', body: 'Text' }],
    [{ title: 'Title', body: '\u200b' }],
    [{ title: 'Title', body: 'to the \u202eleft' }],
    [{ title: 'Title', body: 'Text', tagSlugs: Array.from({ length: 11 }, (_, n) => `tag-${n}`) }],
    [{ title: 'Title', body: 'Text', externalId: '' }],
  ])('refuses %j as createDiscussion does', async (input) => {
    const { data } = await forum
      .as('ada')
      .ask(
        'query ($input: PreviewDiscussionInput!) { previewDiscussion(input: $input) { problems { code field message } } }',
        { input },
      );
    const { errors = [] } = await forum.as('ada').do('createDiscussion', input, 'discussion { id }');
    expect(data.previewDiscussion.problems).toEqual(
      errors.map(({ message, extensions }) => ({ message, code: extensions.code, field: extensions.field })),
    );
    expect(errors).toHaveLength(1);
  });
});
