import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Finder, type Occurrence } from '../../src/forum/search/occurrences.ts';
import { distinctLeaves, parseQuery, wantedLeaves } from '../../src/forum/search/parse-query.ts';

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
      expect(finderOf(asked, completions).in(inText)).toEqual(byTokens(asked, inText, completions));
    }),
    { numRuns: 500 },
  );
});
