import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerptOf } from '../../src/text/excerpt.ts';

test.each([
  ['', 10, ''],
  ['Short', 5, 'Short'],
  ['Two words', 8, 'Two…'],
  ['Two words', 9, 'Two words'],
  ['Cut here now', 9, 'Cut here…'],
  ['One\n\n  two\tthree', 30, 'One two three'],
  ['What does it cost, and when?', 18, 'What does it cost…'],
  // a word that is longer than half of the excerpt
  ['Donaudampfschifffahrtsgesellschaft', 12, 'Donaudampfs…'],
  ['Die Donaudampfschifffahrtsgesellschaft', 12, 'Die Donauda…'],
  // Chinese, Japanese and Thai words are not separated by spaces
  ['我们的产品支持多种语言', 6, '我们的产品…'],
  ['東京都に住んでいます', 5, '東京都に…'],
  ['สวัสดีครับยินดีต้อนรับ', 12, 'สวัสดีครับ…'],
  // no grapheme is divided
  ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 9, '👩‍👩‍👧‍👦…'],
  ['x', 1, 'x'],
  ['xyz', 1, '…'],
])('the excerpt of %j of %i characters is %j', (text, length, wanted) => {
  expect(excerptOf(text, length, true)).toBe(wanted);
});

test('a beginning of a longer text ends in an ellipsis even where it fits', () => {
  expect(excerptOf('As far as', 50, false)).toBe('As far as…');
});

test('an excerpt is never longer than requested, and is the beginning of its text', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 40 }), fc.boolean(), (whole, length, isWhole) => {
      const excerpt = excerptOf(whole, length, isWhole);
      expect(Array.from(excerpt).length).toBeLessThanOrEqual(isWhole ? length : length + 1);
      const line = whole.replace(/\s+/gu, ' ').trim();
      expect(excerpt.isWellFormed()).toBe(line.isWellFormed());
      if (excerpt !== line) expect(line.startsWith(excerpt.slice(0, -1))).toBe(true);
    }),
  );
});
