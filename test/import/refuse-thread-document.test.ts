import { describe, expect, test } from 'vitest';
import { parseThreadDocument } from '../../src/import/parse-thread-document.ts';
import { ThreadDocumentError } from '../../src/import/thread-document.ts';
import { threadDocument } from '../support/documents.ts';

const parse = (text: string) => parseThreadDocument(text, 'a.md');
const twoComments = threadDocument({
  title: 'How does it scale?',
  body: 'We are **numerous**.',
  comments: [{ body: 'Well.' }, { body: 'Not so well.', net: -3 }],
});

/** The number of the first line that holds these words. */
const lineOf = (text: string, words: string) =>
  text.split('\n').findIndex((line) => line.includes(words)) + 1;

describe('what is ignored is reported with its line', () => {
  test.each([
    [
      'an unknown section',
      '\n\n## Related Articles\n\nx',
      '## Related Articles',
      'the section "Related Articles" is unknown',
    ],
    ['text among metadata', '\n\nhello', 'hello', 'not a list item'],
    ['metadata without a key', '\n- hello', 'hello', 'not of the form "Key: value"'],
    ['a key that occurs twice', '\n- Posted at: 9 days', '9 days', 'occurs twice'],
    [
      'a related discussion without an address',
      '\n\n## Related discussions\n\n- [x](javascript:act)',
      'act',
      'not a link',
    ],
  ])('%s', (_, end, words, message) => {
    const text = twoComments + end;
    const { warnings } = parse(text);
    expect(warnings).toEqual([{ line: lineOf(text, words), message: expect.stringContaining(message) }]);
  });
});

describe('a reply', () => {
  const replying = (...to: (number | null)[]) =>
    threadDocument({
      title: 'T',
      comments: to.map((number, i) => ({
        body: `c${i}`,
        more: number === null ? [] : [`Reply to: Comment ${number}`],
      })),
    });

  test('may come before what it replies to', () => {
    expect(parse(replying(2, null, 1)).comments.map(({ replyTo }) => replyTo)).toEqual([2, null, 1]);
  });

  test.each([
    ['itself', replying(1)],
    ['its own reply', replying(2, 1)],
    ['a circle', replying(null, 3, 4, 2)],
  ])('to %s is refused', (_, text) => {
    expect(() => parse(text)).toThrow(/^a\.md:\d+: comment \d replies to itself/);
  });

  test('to a missing comment is refused', () => {
    const text = replying(null, 7);
    expect(() => parse(text)).toThrow(`a.md:${lineOf(text, '### Comment 2')}: it replies to comment 7`);
  });
});

describe('a file that is not a thread document is refused with one sentence and its line', () => {
  const accepted = { more: ['Accepted answer: yes'] };
  const long = { body: 'x'.repeat(60_001) };
  test.each([
    ['nothing', '', '', 'must begin with "# TITLE"'],
    ['prose', 'Hello.\n\nThere.', 'Hello', 'must begin with "# TITLE"'],
    ['front matter', '\n\n---\na: b\n---\n\n# T', '---', 'must begin with "# TITLE"'],
    ['a note with a title', '# T\n\nx\n\n## Usage', '# T', 'not a thread document'],
    ['an empty title', '# \n\n## Comments', '#', 'title cannot be empty'],
    [
      'a title that is too long',
      `# ${'x'.repeat(301)}\n\n## Comments`,
      '#',
      'at most 300 characters, not 301',
    ],
    ['a title that looks empty', '# \u2800\n\n## Comments', '#', 'cannot be empty or blank'],
    ['a title that turns text around', '# a\u202eb\n\n## Comments', '#', 'U+202D or U+202E'],
    [
      'a comment that is too long',
      threadDocument({ title: 'T', comments: [long] }),
      '### Comment 1',
      'at most 60000 characters, not 60001',
    ],
    ['U+0000', '# T\n\n\0\n\n## Comments', '\0', 'U+0000'],
    ['half a surrogate pair', '# T\n\n\ud800\n\n## Comments', '\ud800', 'surrogate'],
    ['a comment that looks empty', twoComments.replace('Well.', '\u2800'), '### Comment 1', 'empty or blank'],
    [
      'too many marks on one letter',
      twoComments.replace('Well.', `e${'\u0301'.repeat(201)}`),
      '### Comment 1',
      'combining marks',
    ],
    ['the year 0', twoComments.replace('3 days', '0000-01-01'), '0000-01-01', 'not a date of the years 0001'],
    [
      'a year of five digits',
      twoComments.replace('1 day', '+012024-01-01'),
      '+012024',
      'not a date of the years',
    ],
    [
      'a year of five digits',
      twoComments.replace('1 day', '12024-01-01'),
      '12024',
      'not a date of the years',
    ],
    ['a year before 1', twoComments.replace('1 day', '-0044-03-15'), '-0044', 'not a date of the years'],
    [
      'two accepted answers',
      threadDocument({
        title: 'T',
        comments: [
          { body: 'a', ...accepted },
          { body: 'b', ...accepted },
        ],
      }),
      '### Comment 2',
      'second accepted answer',
    ],
    [
      'a comment out of order',
      twoComments.replace('### Comment 2', '### Comment 5'),
      '### Comment 5',
      'comment 5 was found where comment 2',
    ],
  ])('%s', (_, text, words, reason) => {
    const message = refusalOf(text);
    expect(message).toContain(reason);
    expect(message.split('\n')).toHaveLength(1);
    expect(message.startsWith(`a.md:${lineOf(text, words)}: `)).toBe(true);
  });

  function refusalOf(text: string): string {
    try {
      return `not refused: ${JSON.stringify(parse(text))}`;
    } catch (error) {
      return error instanceof ThreadDocumentError ? error.message : `a fault: ${error}`;
    }
  }
});
