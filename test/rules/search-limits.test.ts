import { expect, test } from 'vitest';
import { leavesOf } from '../../src/forum/search/leaves.ts';
import { parseQuery, QUERY_UNITS_MAX, TERMS_MAX } from '../../src/forum/search/parse-query.ts';

/** The words that are searched, and what is said of the others. */
function read(query: string) {
  const { matcher, issues } = parseQuery(query);
  return {
    words: (matcher === null ? [] : leavesOf(matcher)).flatMap(({ terms }) => terms),
    issues: issues.map(({ code, start, end }) => [code, start, end]),
  };
}

test('a query is limited in words, and says which are left out', () => {
  const words = Array.from({ length: 40 }, (_, n) => `w${n}`);
  const query = `${words.join(' ')} `;
  expect(read(query)).toEqual({
    words: words.slice(0, TERMS_MAX),
    issues: [['TOO_MANY_TERMS', query.indexOf('w32'), query.length]],
  });
});

test.each([
  ['one word without blanks', '👍'.repeat(3_000), 64],
  ['a phrase', `"${'a '.repeat(1_500)}"`, 65],
  ['an excluded phrase', `b -"${'a '.repeat(1_500)}"`, 66],
  ['a qualifier in another form', `sort:"${'a '.repeat(1_500)}"`, 67],
])('words beyond the limit of %s have a place that is not empty', (_what, query, start) => {
  expect(read(query).issues.at(-1)).toEqual(['TOO_MANY_TERMS', start, QUERY_UNITS_MAX]);
});

test('a query is limited in depth and length, and says so', () => {
  const deep = read(`${'('.repeat(900)}x${')'.repeat(900)}`);
  expect(deep.words).toEqual(['x']);
  expect(deep.issues.map(([code]) => code)).toEqual(['TOO_DEEP']);
  const long = read('word '.repeat(2000));
  expect(long.issues.map(([code]) => code)).toEqual(['TOO_LONG', 'TOO_MANY_TERMS']);
});
