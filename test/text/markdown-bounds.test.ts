import { describe, expect, test } from 'vitest';
import { handlesIn, renderMarkdown } from '../../src/text/markdown.ts';

/** The longest text that may be written. */
const CHARS = 60_000;
/**
 * How many times the processor time of ordinary prose of the same length a text may take: rendering is done by the
 * process that answers everybody else. The slowest of these takes about twenty times as much.
 */
const TIMES_PROSE_MAX = 100;
/** What a browser still shows without delay; a table that is filled up with empty cells comes nearest. */
const HTML_CHARS_MAX = 1_000_000;

const fill = (piece: string) => piece.repeat(Math.ceil(CHARS / piece.length)).slice(0, CHARS);
const halves = (open: string, close: string) =>
  fill(open).slice(0, CHARS / 2) + fill(close).slice(0, CHARS / 2);
const stairs = (step: (depth: number) => string) =>
  Array.from({ length: 340 }, (_, depth) => step(depth))
    .join('\n')
    .slice(0, CHARS);
const table = (columns: number, row: string) =>
  `${'|a'.repeat(columns)}|\n${'|-'.repeat(columns)}|\n${fill(row)}`.slice(0, CHARS);

const bombs: Record<string, string> = {
  'nested quotations': fill('>'),
  'nested quotations, spaced': fill('> '),
  'quotations that grow': stairs((depth) => `${'>'.repeat(depth + 1)} a`),
  'nested lists': fill('- '),
  'nested numbered lists': fill('1. '),
  'lists that grow': stairs((depth) => `${'  '.repeat(depth % 90)}- a`),
  'lists in quotations': fill('> - > - > - a\n'),
  'open brackets': fill('['),
  'brackets in brackets': halves('[', ']'),
  'links never closed': fill('[a](b'),
  'links in links': `${'['.repeat(20_000)}a${'](https://a.b)'.repeat(2_800)}`,
  'images in images': `${'!['.repeat(10_000)}a${'](https://a)'.repeat(3_300)}`,
  'a link with open parentheses': `[a](${fill('(')}`.slice(0, CHARS),
  'a title never closed': fill('[a](b "'),
  'notes that are none': fill('[^'),
  stars: fill('*'),
  'stars that open': fill('**a *b '),
  'stars that open and close': halves('*a', 'a*'),
  'stars and underscores': fill('*_'),
  'three kinds of emphasis': fill('*a_b~~c'),
  'strong in strong': halves('*a **a ', '**b *b'),
  'code of every length': stairs((depth) => '`'.repeat(depth + 1)),
  'fences in fences': fill('~~~~\n```\n'),
  'tags never closed': fill('<a '),
  'comments never closed': fill('<!--'),
  'addresses never closed': fill('<a@b'),
  ampersands: fill('&'),
  'entities never closed': fill('&#x'),
  schemes: fill('http://'),
  addresses: fill('https://a.b '),
  'an address with open parentheses': `https://a.b/${fill('(')}`.slice(0, CHARS),
  'a host of many parts': `https://${fill('a.')}`.slice(0, CHARS),
  'e-mail addresses run together': fill('a@b.'),
  'a handle of many parts': `@${fill('a-')}`.slice(0, CHARS),
  handles: fill('@abc-def '),
  'a table of one short row after another': table(2, '|\n'),
  'a wide table of short rows': table(200, '|a\n'),
  'a table of one row': table(14_000, '|a'),
  rules: fill('---\n'),
  headings: fill('a\n=\n'),
  'line ends': fill('\n'),
  'spaces between letters': `a${fill(' ')}b`.slice(0, CHARS),
  tabs: fill('\t'),
  backslashes: fill('\\*'),
  definitions: fill('[a]: b\n'),
  'an address that is defined once and named often':
    `[a]: https://a.b/${'x'.repeat(20_000)}\n\n${fill('[a] ')}`.slice(0, CHARS),
  'a title that is defined once and named often':
    `[a]: https://a.b "${'x'.repeat(20_000)}"\n\n${fill('[a] ')}`.slice(0, CHARS),
  'families of emoji': fill('👩‍👩‍👧‍👦'),
  'right to left': fill('שלום '),
};

/** The processor time of this process that some work takes, in microseconds. */
function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

const PROSE = fill(
  'A sentence with *some* emphasis, `code` and [a link](https://a.b), as people write them.\n\n',
);

describe('the longest text is rendered without a noticeable delay', () => {
  renderMarkdown(PROSE); // compiles what the texts below run
  const ofProse = Math.max(...[1, 2, 3].map(() => processorTime(() => renderMarkdown(PROSE))));

  test.each(Object.entries(bombs))('%s', (_, source) => {
    expect(source.length).toBeLessThanOrEqual(CHARS);
    let rendered = { html: '', text: '' };
    const taken = processorTime(() => {
      rendered = renderMarkdown(source);
      handlesIn(`${source}@`);
    });
    expect(taken).toBeLessThan(TIMES_PROSE_MAX * ofProse);
    expect(rendered.html.length).toBeLessThan(HTML_CHARS_MAX);
    expect(rendered.text.length).toBeLessThan(HTML_CHARS_MAX);
  });
});

describe('links with too many characters in their addresses', () => {
  test('become plain text, and those before remain links', () => {
    const source = `[a]: https://a.b/${'x'.repeat(20_000)}\n\n${'[a] '.repeat(20)}`;
    const { html, text } = renderMarkdown(source);
    expect(html.match(/<a /g)).toHaveLength(12);
    expect(html.match(/<\/a>/g)).toHaveLength(12);
    expect(text).toBe('a '.repeat(20).trim());
  });
});
