import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerptOf } from '../../src/forum/search/excerpt.ts';
import { distinctLeaves, wantedLeaves } from '../../src/forum/search/leaves.ts';
import { Finder, OCCURRENCES_MAX, type Occurrence } from '../../src/forum/search/occurrences.ts';
import { parseQuery } from '../../src/forum/search/parse-query.ts';

function leavesOf(query: string) {
  const { matcher } = parseQuery(query);
  return matcher === null ? [] : distinctLeaves(wantedLeaves(matcher));
}

test.each([
  ['a b a ', ['a', 'b']],
  ['a (b OR a) -c ', ['a', 'b']],
  ['"a b" a "a b" ', ['a b', 'a']],
  // the last word is still being typed
  ['a a', ['a', 'a']],
])('the words of %j count once each', (query, terms) => {
  expect(leavesOf(query).map((leaf) => leaf.terms.join(' '))).toEqual(terms);
});

test('a repeated word in a text that repeats it has a limited number of occurrences', () => {
  const text = 'の'.repeat(20_000);
  const leaves = leavesOf('の '.repeat(32));
  expect(leaves).toHaveLength(1);
  const found = new Finder(leaves, new Map()).in(text);
  expect(found).toHaveLength(OCCURRENCES_MAX);
  expect(excerptOf(text, found)?.highlights).toHaveLength(20);
});

test('a word that a text repeats takes no place from another one', () => {
  const found = new Finder(leavesOf('aa ß '), new Map()).in(`${'aa '.repeat(5_000)}ß`);
  expect(found).toHaveLength(OCCURRENCES_MAX / 2 + 1);
  expect(found.at(-1)).toEqual({ leaf: 1, start: 15_000, end: 15_001 });
});

/** The most different leaves that stand within 140 characters, counted for each start alone. */
function mostLeaves(occurrences: readonly Occurrence[]): { start: number; count: number } {
  let most = { start: -1, count: 0 };
  for (const [i, { start }] of occurrences.entries()) {
    const rest = occurrences.slice(i);
    const beyond = rest.findIndex(({ end }) => end - start > 140);
    const count = new Set(rest.slice(0, beyond < 0 ? rest.length : beyond).map(({ leaf }) => leaf)).size;
    if (count > most.count) most = { start, count };
  }
  return most;
}

test('an excerpt begins where the most different words are', () => {
  const one = fc.record({
    leaf: fc.nat({ max: 5 }),
    start: fc.nat({ max: 1_900 }),
    length: fc.integer({ min: 1, max: 20 }),
  });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 60 }), (all) => {
      const occurrences = all
        .map(({ leaf, start, length }) => ({ leaf, start, end: start + length }))
        .sort((a, b) => a.start - b.start || b.end - a.end);
      // without blanks, an excerpt begins at its place exactly
      const text = Array.from({ length: 2_000 }, (_, i) => String.fromCharCode(0x4e00 + i)).join('');
      const excerpt = excerptOf(text, occurrences);
      const { start } = mostLeaves(occurrences);
      if (start < 0) expect(excerpt).toBeNull();
      else expect(text.indexOf(excerpt?.fragment ?? '')).toBe(Math.max(0, Math.min(start - 60, 1_800)));
    }),
  );
});
