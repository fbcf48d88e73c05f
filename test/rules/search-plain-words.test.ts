import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { distinctLeaves, wantedLeaves } from '../../src/forum/search/leaves.ts';
import { Finder, type Occurrence } from '../../src/forum/search/occurrences.ts';
import { parseQuery } from '../../src/forum/search/parse-query.ts';

function finderOf(query: string, completions: [string, string[]][] = []): Finder {
  const { matcher } = parseQuery(query);
  return new Finder(matcher === null ? [] : distinctLeaves(wantedLeaves(matcher)), new Map(completions));
}

/** The occurrences of a plain word, with those of a phrase that no text has, for which texts are split into tokens. */
function byTokens(query: string, text: string, completions: [string, string[]][]): Occurrence[] {
  return finderOf(`"no such phrase" ${query}`, completions)
    .in(text)
    .map(({ leaf, ...at }) => ({ leaf: leaf - 1, ...at }));
}

const word = fc.constantFrom(
  'a',
  'its',
  'it',
  's',
  'nodejs',
  'node',
  'js',
  'A1',
  'ab',
  'x'.repeat(64),
  'x'.repeat(70),
);
const between = fc.constantFrom(' ', ', ', '.', '-', "'", '_', '..', ' - ', '#', '+', '++', '/', 'é');
const text = fc
  .array(fc.tuple(word, between), { maxLength: 12 })
  .map((parts) => parts.map(([one, sign]) => one + sign).join(''));
const query = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => `${words.join(' ')} `);

test('single words are found without splitting a text into tokens where they are found with it', () => {
  const completions: [string, string[]][] = [['no', ['node', 'nodejs']]];
  fc.assert(
    fc.property(query, fc.boolean(), text, (words, isTyped, inText) => {
      const asked = isTyped ? `no* ${words}` : words;
      const found = byTokens(asked, inText, completions);
      const finder = finderOf(asked, completions);
      expect(finder.in(inText)).toEqual(found);
      const counts = Array<number>(finder.size).fill(0);
      for (const { leaf } of found) counts[leaf] = (counts[leaf] ?? 0) + 1;
      expect(finder.countsIn(inText)).toEqual(counts);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['email ', 'Send reports by e-mail every night', 1],
  ['email ', 'Send reports by e-mail every night, naïve', 1],
  ['e-mail ', 'An e-mail, an email, an e mail', 3],
  ['nodejs ', 'node.js', 1],
  ['its ', "It's its own", 2],
  ['node* ', 'node.js', 1],
  ['lib ', 'C++ lib, lib++, lib#, lib+, c++-lib', 3],
  ['clib ', 'c++-lib', 0],
])('%s is in %s %i times, however it is written there', (asked, inText, count) => {
  const finder = finderOf(asked, [['node', ['node', 'nodejs']]]);
  expect(finder.countsIn(inText)).toEqual([count]);
  expect(finder.in(inText)).toHaveLength(count);
});
