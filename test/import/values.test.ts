import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { importDocument } from '../../src/import/index.ts';
import { parseThreadDocument } from '../../src/import/parse-thread-document.ts';
import { newId } from '../../src/store/ids.ts';
import { ago } from '../../src/text/relative-time.ts';
import { openTestDatabase } from '../support/database.ts';
import { threadDocument } from '../support/documents.ts';

const AS_OF = new Date('2026-11-24T00:00:00Z');
const caseOf = (name: string) => readFileSync(path.join(import.meta.dirname, 'cases', name), 'utf8');
const template = caseOf('13-values.tpl.md');
const parse = (at: string, votes = '0') =>
  parseThreadDocument(template.replace('AT', at).replace('VOTES', votes), 'a.md', AS_OF);
const lineOf = (words: string) => template.split('\n').findIndex((line) => line.includes(words)) + 1;

describe('a time is read as a person reads it', () => {
  test.each([
    ['1 year ago', 'about 1 year'],
    ['2 years', 'about 2 years'],
    ['3 weeks ago', '21 days'],
    ['an hour ago', 'about 1 hour'],
    ['2 hours ago', 'about 2 hours'],
    ['yesterday', '1 day'],
    ['a day ago', '1 day'],
    ['1 month ago', 'about 1 month'],
    ['A few days ago', '3 days'],
    ['30 seconds ago', '1 minute'],
    ['just now', 'less than a minute'],
    ['45 minutes ago', 'about 1 hour'],
    ['5 months ago', '5 months'],
    ['18 months ago', 'over 1 year'],
    ['3y', 'about 3 years'],
    ['2mo ago', '2 months'],
    ['10 min ago', '10 minutes'],
    ['almost 4 years ago', 'almost 4 years'],
  ])('"%s" is printed as "%s"', async (written, printed) => {
    const opened = await openTestDatabase('sqlite');
    try {
      const text = template.replace('AT', written).replace('VOTES', '0');
      const result = await importDocument({ db: opened.db, newId }, text, { fileName: 'a.md', asOf: AS_OF });
      expect(result.warnings).toEqual([]);
      const stored = await opened.db.write((tx) => tx.comment.findFirstOrThrow());
      expect(stored.createdAtIsApproximate).toBe(true);
      expect(ago(stored.createdAt, AS_OF)).toBe(`${printed} ago`);
    } finally {
      await opened.close();
    }
  });

  test.each([
    ['Mar 3, 2024', '2024-03-03T00:00:00.000Z'],
    ['March 3rd, 2024 at 9:30 PM', '2024-03-03T21:30:00.000Z'],
    ['3 March 2024', '2024-03-03T00:00:00.000Z'],
    ['2024-03-03 09:30:00 UTC', '2024-03-03T09:30:00.000Z'],
    ['2024-03-03T09:30:00+0000', '2024-03-03T09:30:00.000Z'],
    ['2024-03-03 09:30:00+02', '2024-03-03T07:30:00.000Z'],
    ['2024-03-03 09:30:00.123456', '2024-03-03T09:30:00.123Z'],
    ['2024-03-03T09:30Z', '2024-03-03T09:30:00.000Z'],
    ['2024/03/03', '2024-03-03T00:00:00.000Z'],
    ['Sun, 03 Mar 2024 09:30:00 +0100', '2024-03-03T08:30:00.000Z'],
    ['Sun, 3 Mar 2024 09:30:00 GMT', '2024-03-03T09:30:00.000Z'],
    ['3 Mar 2024 09:30 EST', '2024-03-03T14:30:00.000Z'],
    ['Sun Mar 03 2024', '2024-03-03T00:00:00.000Z'],
    ['2024年3月3日', '2024-03-03T00:00:00.000Z'],
    ['0001-01-01T00:00:00+12:00', '0001-01-01T00:00:00.000Z'],
  ])('"%s" is %s', (written, at) => {
    const { comments, warnings } = parse(written);
    expect(warnings).toEqual([]);
    expect(comments[0]?.postedAt).toEqual({ kind: 'exact', at: new Date(at) });
  });

  test.each([
    ...[
      'long ago',
      'in 3 days',
      '2024-02-30',
      '03/04/2024',
      '2024-03-03T25:00',
      '3000 years ago',
      'Foo 3, 2024',
    ],
    '2024-03-03 09:30 XYZ',
  ])('"%s" is left out with a warning, and the thread arrives', (written) => {
    const { comments, warnings } = parse(written);
    expect(comments).toMatchObject([{ body: 'This one.', postedAt: null }]);
    expect(warnings).toEqual([
      {
        line: lineOf('AT'),
        message: expect.stringContaining(`"Posted at" is "${written}", which is not a time`),
      },
    ]);
  });

  test.each([
    ['2099', '2099-01-01T00:00:00.000Z'],
    ['9999', '9999-12-31T23:59:59.999Z'],
  ])('the year %s is stored with a warning', (year, at) => {
    const { post, warnings } = parseThreadDocument(caseOf(`12-year-${year}.md`), 'a.md', AS_OF);
    expect(post.postedAt).toEqual({ kind: 'exact', at: new Date(at) });
    expect(warnings).toEqual([
      { line: 6, message: `${at} is later than the document itself; it is stored as it is` },
    ]);
  });

  test('the year 0 is refused with its line', () => {
    expect(() => parseThreadDocument(caseOf('12-year-0000.md'), 'a.md', AS_OF)).toThrow(
      'a.md:6: "0000-01-01" is not a date of the years 0001 to 9999.',
    );
  });
});

describe('a number is read as a person reads it', () => {
  test.each([
    ['1,204', 1204],
    ['1.2k', 1200],
    ['1.2K votes', 1200],
    ['12 votes', 12],
    ['1 vote', 1],
    ['–3', -3],
    ['−3', -3],
    ['- 3', -3],
    ['+5', 5],
    ['1 204', 1204],
    ['1’204', 1204],
    ['2M', 2_000_000],
    ['１２', 12],
    ['1.2万', 12_000],
    ['-0', 0],
  ])('"%s" is %i', (written, number) => {
    const { comments, warnings } = parse('2024-01-02', written);
    expect([comments[0]?.netUpvotes, warnings]).toEqual([number, []]);
  });

  test.each(['many', '1.204', '12,04', '9999999999', '1-2', '12 of 15', '--1', 'NaN', '1e3'])(
    '"%s" is left out with a warning, and the thread arrives',
    (written) => {
      const { comments, warnings } = parse('2024-01-02', written);
      expect(comments[0]?.netUpvotes).toBe(0);
      expect(warnings).toMatchObject([{ line: lineOf('VOTES') }]);
    },
  );
});

describe('any other value that cannot be read is left out with a warning', () => {
  test.each([
    ['Deleted: perhaps', { isDeleted: false }],
    ['Reply to: Ada', { replyTo: null }],
    ['Author avatar: none', { author: null }],
    ['Author role: King', { author: null }],
    [`Author name: ${'x'.repeat(101)}`, { author: null }],
    ['Author name: a\u2066b', { author: null }],
  ])('%s', (more, comment) => {
    const text = threadDocument({ title: 'T', comments: [{ body: 'a', more: [more] }] });
    const document = parseThreadDocument(text, 'a.md', AS_OF);
    expect(document).toMatchObject({ comments: [comment], warnings: [{ line: text.split('\n').length }] });
  });

  test.each([
    ['Locked: boring', { lock: { reason: null } }],
    ['Pinned until: 2027-01-01', { pin: null }],
    [`Tags: a, ${'x'.repeat(101)}, b`, { tags: ['a', 'b'] }],
  ])('%s', (more, post) => {
    const text = threadDocument({ title: 'T', more: [more] });
    expect(parseThreadDocument(text, 'a.md', AS_OF)).toMatchObject({ post, warnings: [{ line: 7 }] });
  });

  test('"Locked: no" is no lock, and "Locked: yes" has no reason', () => {
    const post = (more: string) =>
      parseThreadDocument(threadDocument({ title: 'T', more: [more] }), 'a.md').post;
    expect([post('Locked: no').lock, post('Closed: yes').close]).toEqual([null, { reason: null }]);
  });
});

test('lengths are counted in code points, and texts are composed, as in the API', () => {
  const body = '🙂'.repeat(31_000);
  const text = threadDocument({ title: 'e\u0301', comments: [{ body }, { body: 'e\u0301' }] });
  const { post, comments } = parseThreadDocument(text, 'a.md');
  expect([post.title, comments[0]?.body, comments[1]?.body]).toEqual(['é', body, 'é']);
});

test('the example of the documentation is a thread document', () => {
  const page = readFileSync(path.join(import.meta.dirname, '../../docs/thread-documents.md'), 'utf8');
  const example = /```markdown\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const { post, comments, product, category, related, warnings } = parseThreadDocument(
    example,
    'a.md',
    AS_OF,
  );
  expect(warnings).toEqual([]);
  expect(post).toMatchObject({ title: 'TITLE', netUpvotes: 12, author: { title: 'Engineer' } });
  expect(comments).toMatchObject([{ body: 'The text of the comment, in Markdown.', netUpvotes: -1 }]);
  expect([product?.name, category?.name, related[0]?.commentCount]).toEqual(['NAME', 'NAME', 4]);
  expect(related[0]?.postedAt).toEqual({ kind: 'phrase', phrase: 'about 2 years' });
});
