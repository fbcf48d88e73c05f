import { expect, test } from 'vitest';
import { estimateTokens, firstTokens } from '../../src/text/token-estimate.ts';

test.each([
  ['', 0],
  ['abcd', 1],
  ['abcde', 2],
  ['日本', 2],
  ['äöü', 2],
  ['😀', 1],
])('"%s" has about %i tokens', (text, tokens) => {
  expect(estimateTokens(text)).toBe(tokens);
});

test.each([
  ['abcdefgh', 1, 'abcd'],
  ['日本語', 1, '日'],
  ['a😀b', 1, 'a😀'],
  ['abc', 5, 'abc'],
  ['abc', 0, ''],
])('the first tokens of "%s" up to %i are "%s"', (text, max, first) => {
  expect(firstTokens(text, max)).toBe(first);
});
