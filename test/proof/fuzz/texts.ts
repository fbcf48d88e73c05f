import type { Dice } from './dice.ts';

const SHORT = [
  '',
  ' ',
  'a',
  'Why?',
  '**No**, says @ben',
  '🦜🏳️‍🌈👨‍👩‍👧‍👦',
  '\u202eright to left\u202c \u2066x\u2069',
  '\u0000\u0007',
  '\ud800',
  'Z\u0351\u0344\u0321',
  "'; DROP TABLE comment; --",
  '%_\\',
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '__proto__',
  'constructor',
  'NaN',
  '-0',
  'null',
  '2026-02-30T25:61:61Z',
  '2026-11-24T00:00:00+99:99',
  'https://example.com/a?b=c#d',
  'http://[::1',
  'ada@example.com',
  '١٢٣',
  'ﷺ',
  'İ',
];

/** Pieces that are repeated up to a size. */
const PIECES = [
  'word ',
  '|a',
  '|a|b|\n',
  'a\u0301',
  'e\u0300\u0301\u0302\u0303',
  '\u0301',
  '> ',
  '- a\n',
  '[a](b)',
  '![',
  '**',
  '`',
  '~~~\n',
  '\n',
  '@ben ',
  '🦜',
  '\u202e',
  'ﷺ',
  '&',
  '<',
  '\\',
  '1. ',
  '\t',
  'https://a.b/c ',
];
const SIZES = [10, 100, 1000, 2001, 10_000, 59_999, 60_001, 200_000];

/** A text that somebody might send, and more often one that nobody would. */
export function anyText(dice: Dice): string {
  if (dice.chance(0.6)) return dice.of(SHORT);
  const size = dice.of(dice.chance(0.8) ? SIZES.slice(0, 3) : SIZES);
  if (dice.chance(0.2)) return `|a|b|\n|-|:-:|\n${'|x|y|\n'.repeat(Math.ceil(size / 6))}`.slice(0, size);
  let text = '';
  while (text.length < size) text += dice.of(PIECES).repeat(1 + dice.below(Math.min(size, 5000)));
  return text.slice(0, size);
}
