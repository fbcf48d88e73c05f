import { describe, expect, test } from 'vitest';
import { textDiff } from '../../src/text/diff.ts';

const numbered = (count: number, word: (n: number) => string, between: string) =>
  Array.from({ length: count }, (_, n) => word(n)).join(between);

const pairs = {
  'a few words': ['It is so, and it was.', 'It is not so, and was.'],
  'too many words, in a few lines': [
    `${numbered(1_500, (n) => `a${n}`, ' ')}\nsame\nsame too`,
    `${numbered(1_500, (n) => `b${n}`, ' ')}\nsame\nsame too`,
  ],
  'too many lines': [numbered(3_000, (n) => `a${n}`, '\n'), numbered(3_000, (n) => `b${n}`, '\n')],
  'nothing before': ['', 'a'],
  'nothing after': ['a', ''],
} as const;

describe('a diff', () => {
  test.each(Object.entries(pairs))('of texts that differ in %s joins to both', (_, [before, after]) => {
    const parts = textDiff(before, after);
    const join = (without: string) =>
      parts.flatMap(({ kind, text }) => (kind === without ? [] : [text])).join('');
    expect(join('ADDED')).toBe(before);
    expect(join('REMOVED')).toBe(after);
  });

  test('compares lines if too many words differ, and takes the whole text if too many lines do', () => {
    const kinds = (name: keyof typeof pairs) => {
      const [before, after] = pairs[name];
      return textDiff(before, after).map(({ kind }) => kind);
    };
    expect(kinds('too many words, in a few lines')).toEqual(['REMOVED', 'ADDED', 'SAME']);
    expect(kinds('too many lines')).toEqual(['REMOVED', 'ADDED']);
  });
});
