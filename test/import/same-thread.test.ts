import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { AS_OF, importing } from './imported.ts';

const caseOf = (name: string) => readFileSync(path.join(import.meta.dirname, 'cases', name), 'utf8');

describe.each(engines)('which documents are versions of one thread, on %s', (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
  });
  afterAll(() => opened.close());

  const { load, loadText, found } = importing(() => opened);
  const titled = (titleKey: string) =>
    opened.db.write((tx) =>
      tx.discussion.findMany({ where: { titleKey }, orderBy: { id: 'asc' }, include: { comments: true } }),
    );

  test('dates up to the year 9999 are stored', async () => {
    await loadText(caseOf('12-year-9999.md'));
    await loadText(caseOf('12-year-2099.md'));
    expect((await loadText(caseOf('12-year-9999.md'))).status).toBe('unchanged');
    expect((await found('Year 9999')).createdAt.toISOString()).toBe('9999-12-31T23:59:59.999Z');
  });

  test('a thread that was stored before the start of the text was part of its key is found again', async () => {
    await loadText(caseOf('03-equal-titles-a.md'));
    const [first] = await titled('help');
    const base = first?.importKey?.split('.')[0] ?? '';
    await opened.db.write((tx) =>
      tx.discussion.update({ where: { id: first?.id ?? '' }, data: { importKey: base } }),
    );
    await loadText(caseOf('03-equal-titles-a.md'));
    expect((await titled('help')).map(({ id }) => id)).toEqual([first?.id]);
  });

  test('two questions of one title with other texts and times are two discussions', async () => {
    for (const name of ['a', 'b', 'a', 'b']) await loadText(caseOf(`03-equal-titles-${name}.md`));
    const rows = await titled('help');
    expect(rows.map(({ slug, body, comments }) => [slug, body, comments.map((one) => one.body)])).toEqual([
      ['help', 'My printer eats paper.', ['Try the other tray.']],
      ['help-2', 'How do I cancel my plan?', ['On the billing page.']],
    ]);
  });

  test.each<[string, string, number, object, object]>([
    [
      'another text on the same day',
      'd1',
      2,
      { postedAt: '2024-01-01' },
      { body: 'Wholly different', postedAt: '2024-01-01' },
    ],
    ['the same text at another time', 'd2', 2, { postedAt: '2024-01-01' }, { postedAt: '2024-02-01' }],
    ['the same text at another phrase', 'd3', 2, { postedAt: '3 days' }, { postedAt: '8 months' }],
    ['another text at the same phrase', 'd4', 2, {}, { body: 'Wholly different' }],
    [
      'a corrected text at the same time',
      'd5',
      1,
      { body: 'How do I cancle my plan?', postedAt: '2024-01-01' },
      { body: 'How do I cancel my plan?', postedAt: '2024-01-01' },
    ],
    [
      'a longer text',
      'd6',
      1,
      { body: 'It stopped working.' },
      { body: 'It stopped working. Edit: it works again since the update, thank you all.' },
    ],
    ['a more precise time', 'd7', 1, { postedAt: '2024-01-01' }, { postedAt: '2024-01-01T09:30:00Z' }],
    [
      'the same id and another text, title and time',
      'd8',
      1,
      { more: ['Id: 8'] },
      { title: 'd8!', body: 'Wholly different', postedAt: '8 months', more: ['Id: 8'] },
    ],
    ['other ids', 'd9', 2, { more: ['Id: 9'] }, { more: ['Id: 10'] }],
    [
      'the same URL and another text',
      'd11',
      1,
      { more: ['URL: https://a.example/1'] },
      { body: 'Wholly different', more: ['URL: https://a.example/1'] },
    ],
    ['an id that it had not', 'd12', 1, {}, { more: ['Id: 12'] }],
    [
      'a rewritten text with a comment of before',
      'd13',
      1,
      { comments: [{ body: 'Yes.' }] },
      { body: 'Wholly different', comments: [{ body: 'Yes.' }] },
    ],
  ])('a second document with %s', async (_, title, count, first, second) => {
    const draft = { title, body: `What is ${title} about?` };
    await load({ ...draft, ...first });
    await load({ ...draft, ...second });
    await load({ ...draft, ...second });
    expect(await titled(title)).toHaveLength(count);
  });

  test('a corrected comment keeps its place, and equal texts of others stay apart', async () => {
    const title = 'Does export keep votes?';
    await loadText(caseOf('26-before.md'));
    const before = await found(title);
    await loadText(caseOf('26-after.md'));
    const after = await found(title);
    const facts = (of: typeof after) =>
      of.comments.map(({ body, author, netUpvotes }) => [author?.externalId, body, netUpvotes]).sort();
    expect(facts(before).map(([author]) => author)).toEqual(['import:7', 'import:8', 'import:9']);
    expect(facts(after)).toEqual([
      ['import:7', 'Yes, see the manual.', 5],
      ['import:8', '+1', 0],
      ['import:9', '+1', 9],
    ]);
    expect(after.comments.map(({ id }) => id).sort()).toEqual(before.comments.map(({ id }) => id).sort());
    expect((await loadText(caseOf('26-after.md'))).status).toBe('unchanged');
  });

  const by = (author: string, postedAt: string, body: string, net?: number) => ({
    ...{ body, postedAt, more: author === '' ? [] : [`Author id: ${author}`] },
    ...(net !== undefined && { net }),
  });
  test.each<[string, string, object[], object[], (string | number)[][]]>([
    [
      'the second "+1" of one author is a second comment',
      'c1',
      [by('1', '2024-01-02', '+1')],
      [by('1', '2024-01-03', '+1', 3)],
      [
        ['+1', 0],
        ['+1', 3],
      ],
    ],
    [
      'two comments of one author on one day are corrected each',
      'c2',
      [by('1', '2024-01-02', 'The frist answer is no.'), by('1', '2024-01-02', 'And teh second is yes.')],
      [
        by('1', '2024-01-02', 'And the second is yes.', 2),
        by('1', '2024-01-02', 'The first answer is no.', 1),
      ],
      [
        ['And the second is yes.', 2],
        ['The first answer is no.', 1],
      ],
    ],
    [
      'a new comment of one author on the same day replaces nothing',
      'c3',
      [by('1', '2024-01-02', 'Try the other tray.')],
      [by('1', '2024-01-02', 'Billing page, top right: "Cancel".')],
      [
        ['Billing page, top right: "Cancel".', 0],
        ['Try the other tray.', 0],
      ],
    ],
    [
      'a corrected comment without an author is found by its time',
      'c4',
      [by('', '2024-01-02T09:30:00Z', 'See teh manual.')],
      [by('', '2024-01-02T09:30:00Z', 'See the manual.')],
      [['See the manual.', 0]],
    ],
    [
      'comments without authors and exact times are found by their texts, in their order',
      'c5',
      [by('', '3 days', '+1', 1), by('', '3 days', '+1', 2)],
      [by('', '3 days', 'New.'), by('', '3 days', '+1', 5), by('', '3 days', '+1', 6)],
      [
        ['+1', 5],
        ['+1', 6],
        ['New.', 0],
      ],
    ],
    [
      'a corrected comment with an approximate time is found by its author',
      'c6',
      [by('1', '8 months', 'See teh manual, page 7.')],
      [by('1', '8 months', 'See the manual, page 8.')],
      [['See the manual, page 8.', 0]],
    ],
    [
      'ids decide',
      'c7',
      [
        { body: 'a', more: ['Id: 1'] },
        { body: 'a', more: ['Id: 2'] },
      ],
      [
        { body: 'b', net: 2, more: ['Id: 2'] },
        { body: 'a', net: 3, more: ['Id: 3'] },
      ],
      [
        ['a', 0],
        ['a', 3],
        ['b', 2],
      ],
    ],
  ])('%s', async (_, title, first, second, expected) => {
    const draft = { title, postedAt: '2024-01-01' };
    await load({ ...draft, comments: first as { body: string }[] });
    await load({ ...draft, comments: second as { body: string }[] });
    const facts = async () =>
      (await found(title)).comments.map(({ body, netUpvotes }) => [body, netUpvotes]).sort();
    expect(await facts()).toEqual(expected);
    expect((await load({ ...draft, comments: second as { body: string }[] })).status).toBe('unchanged');
    const later = new Date(AS_OF.getTime() + 60_000);
    expect((await load({ ...draft, comments: second as { body: string }[] }, later)).status).toBe(
      'unchanged',
    );
  });

  test('a comment that was edited here keeps its text, and its votes follow the document', async () => {
    const draft = { title: 'Edited here', postedAt: '2024-01-01' };
    await load({ ...draft, comments: [by('1', '2024-01-02T10:00:00Z', 'teh text')] });
    const [comment] = (await found(draft.title)).comments;
    await opened.db.write((tx) =>
      tx.comment.update({ where: { id: comment?.id ?? '' }, data: { body: 'ours', revision: 2 } }),
    );
    await load({ ...draft, comments: [by('1', '2024-01-02T10:00:00Z', 'the text', 4)] });
    expect((await found(draft.title)).comments).toMatchObject([{ body: 'ours', netUpvotes: 4 }]);
  });
});
