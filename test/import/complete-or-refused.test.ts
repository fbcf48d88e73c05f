import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseThreadDocument } from '../../src/import/parse-thread-document.ts';

const parse = (text: string) => parseThreadDocument(text, 'a.md');
const caseOf = (name: string) => readFileSync(path.join(import.meta.dirname, 'cases', name), 'utf8');

describe('a comment’s heading is recognised in other spellings', () => {
  const given = caseOf('01-other-spellings.md');
  test.each([
    'Comment §:',
    'Comment #§',
    'Comment 0§',
    'comment §',
    'COMMENT\u00a0§',
    'Comment&nbsp;§',
    '**Comment §**',
    'Comment § ###',
    'Comment No. §',
    'Comment §.',
  ])('### %s', (spelling) => {
    const text = given.replaceAll(/### Comment (\d):/g, (_, n) => `### ${spelling.replace('§', n)}`);
    expect(parse(text).comments.map(({ body }) => body)).toEqual(['Yes, in the billing page.', 'Thanks.']);
  });

  test.each([
    '### Comment one',
    '### Comment (1)',
    '### Reply 1',
    '### 1. Comment',
    '## Comment 1',
    '#### Comment 1',
    '**Comment 1**',
    '### @ada',
    '1. Comment',
  ])('"%s" is refused with its line', (heading) => {
    const text = given.replaceAll(/### Comment \d:/g, heading);
    expect(() => parse(text)).toThrow(/^a\.md:\d+: /);
    const bare = text.replaceAll(/##### Comment Metadata\n.*\n/g, '');
    expect(() => parse(bare)).toThrow(/^a\.md:\d+: /);
  });

  test.each(['## comments', '## COMMENTS', '## Comments:', '## Comments (2)'])(
    'so is "%s" over the comments',
    (heading) => {
      expect(parse(given.replace('## Comments', heading))).toMatchObject({
        comments: [{ number: 1 }, { number: 2 }],
        warnings: [],
      });
    },
  );
});

describe('what would be lost or merged refuses the document with its line', () => {
  const given = caseOf('01-heading-before-comment-1.md');
  const lineOf = (text: string, words: string) => text.split('\n').indexOf(words) + 1;

  test('a comment under another heading before the first one', () => {
    expect(() => parse(given)).toThrow(
      `a.md:${lineOf(given, '### Accepted answer')}: this text stands before`,
    );
    const bare = given.replace(/##### Comment Metadata\n(?:- .*\n)+/, '');
    expect(() => parse(bare)).toThrow(`a.md:${lineOf(bare, '### Accepted answer')}: `);
  });

  test.each([
    ['a comment under another heading', '\n### Best answer'],
    ['a comment without a heading', '\nAnd another one says:'],
    ['a heading of another level', '\n#### Comment 2'],
  ])('%s', (_, heading) => {
    const text = caseOf('02-rules-between.md').replace('### Comment 2', heading);
    expect(() => parse(text)).toThrow(/^a\.md:\d+: /);
  });

  test('metadata under a heading of another level', () => {
    const text = given.replaceAll('##### Comment Metadata', '#### Comment metadata:');
    expect(() => parse(text)).toThrow(/^a\.md:\d+: this (?:metadata stands within|text stands before)/);
  });

  test('two documents in one file', () => {
    const one = caseOf('02-rules-between.md');
    expect(() => parse(`${one}\n${one}`)).toThrow(/^a\.md:\d+: /);
  });
});

test('a remark under the heading of the comments is reported with its line', () => {
  const text = caseOf('02-rules-between.md').replace('## Comments', '## Comments\n\nSorted by best.');
  const { comments, warnings } = parse(text);
  expect(comments).toHaveLength(3);
  expect(warnings).toEqual([{ line: 12, message: 'this text belongs to no comment; it is ignored' }]);
});

test('a remark between metadata and the next comment is reported with its line', () => {
  const text = caseOf('02-rules-between.md').replace('### Comment 2', 'Show 3 more.\n\n### Comment 2');
  const { comments, warnings } = parse(text);
  expect(comments.map(({ body }) => body)).toEqual(['one', 'two', 'three']);
  expect(warnings).toEqual([{ line: 24, message: expect.stringContaining('not a list item') }]);
});

test('a heading of the next comment that is read as text is reported with its line', () => {
  const text =
    '# T\n## Comments\n### Comment 1\na\n### Comment 2\nb\n##### Comment Metadata\n- Net upvotes: 1';
  expect(parse(text)).toMatchObject({
    comments: [{ body: 'a\n### Comment 2\nb' }],
    warnings: [{ line: 5, message: '"Comment 2" is not in its place; it is read as text of comment 1' }],
  });
});

describe('comments stay apart if there stands between them', () => {
  const given = caseOf('02-rules-between.md');
  test.each([
    ['a rule', '---'],
    ['another rule', '* * *'],
    ['&nbsp;', '&nbsp;'],
    ['a no-break space', '\u00a0'],
    ['an HTML comment', '<!-- next -->'],
    ['an HTML comment of many lines', '<!--\nnext\n\nand next\n-->'],
    ['all of them', '---\n\n<!-- a --> <!-- b -->\n\n&nbsp;\n\n———'],
    ['a line of dots', '···'],
  ])('%s', (_, between) => {
    const document = parse(given.replaceAll('\n---\n', `\n${between}\n`));
    expect(document.comments.map(({ body, netUpvotes }) => [body, netUpvotes])).toEqual([
      ['one', 2],
      ['two', 3],
      ['three', 4],
    ]);
    expect(document).toMatchObject({ post: { body: 'Body.' }, product: { name: 'Acme' }, warnings: [] });
  });

  test('an HTML comment that one person opens and another one closes hides nothing', () => {
    const text = given.replace('\none\n', '\n<!-- one\n').replace('\nthree\n', '\nthree -->\n');
    expect(parse(text).comments.map(({ body }) => body)).toEqual(['<!-- one', 'two', 'three -->']);
  });
});

describe('an export of another program is recognised', () => {
  test.each([
    [
      'Discourse',
      'ada | 2024-01-01 10:00:00 UTC | #1\n\nHow?\n\n-------------------------\n\nben | 2024-01-02 10:00:00 UTC | #2\n\nSo.',
    ],
    ['Discourse', '# How?\n\nada | 2024-01-01 10:00:00 UTC | #1\n\n## Comments\n\nHow?'],
    [
      'GitHub',
      '# How? #12\n\n**ada** asked on Jan 1\n\nx\n\n## Comments\n\n### @ben commented on Jan 2\n\nSo.',
    ],
    ['GitHub', 'author:\tada\nassociation:\tnone\n--\nSo.\n--'],
    ['GitHub', '# How?\n\n## Comments\n\n[ben](https://github.com/ben) replied 2 days ago\n\nSo.'],
    ['Reddit', '# How?\n\n**u/ada** | r/forums | 12 points\n\nx\n\n## Comments\n\n* u/ben (5 points): So.'],
    ['Reddit', '# How?\n\nPosted by [u/ada](https://x.example) in r/forums\n\nx\n\n## Comments\n\nSo.'],
    ['JSON', '[{"title": "How?"}]'],
    ['HTML', '<!DOCTYPE html>\n<title>How?</title>'],
  ])('%s', (what, text) => {
    expect(() => parse(text)).toThrow(new RegExp(`^a\\.md:\\d+: this looks like .*${what}`));
  });

  test('a thread document in which people write so is imported', () => {
    const text = caseOf('02-rules-between.md').replace(
      '\none\n',
      '\n**@ada** commented on u/ben’s 5 points\n',
    );
    expect(parse(text).comments).toHaveLength(3);
  });
});
