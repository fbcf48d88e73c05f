import { expect, test } from 'vitest';
import { parseQuery } from '../../src/forum/search/parse-query.ts';
import { windowsFor } from '../../src/forum/search/search-windows.ts';
import type { RequestDatabase } from '../../src/store/index.ts';

/** How a query is read where each of its words is in so many texts. */
function windowsOf(query: string, texts: number) {
  const { matcher } = parseQuery(query);
  const read = { all: async () => [{ count: texts, end: 0 }] };
  const db = { engine: 'sqlite', read } as unknown as RequestDatabase;
  const wanted = { matcher, except: null, completions: new Map(), authors: [] };
  return windowsFor(db, 'comment', wanted, 'anywhere');
}

const words = (count: number) => Array.from({ length: count }, (_, n) => `word${n} `).join('');

test.each([
  ['one common word', 'alpha ', 100_000, null],
  ['two words, of which one is rare', 'alpha beta ', 2_000, null],
  ['two common words', 'alpha beta ', 2_001, { count: 8, texts: 50_000 }],
  ['a common phrase', '"alpha beta" ', 2_001, { count: 8, texts: 50_000 }],
  ['a common word without another', 'alpha -beta ', 2_001, { count: 8, texts: 50_000 }],
  ['sixteen common words', words(16), 2_001, { count: 4, texts: 25_000 }],
  ['thirty-two common words', words(32), 2_001, { count: 2, texts: 12_500 }],
])('%s', async (_, query, texts, windows) => {
  expect(await windowsOf(query, texts)).toEqual(windows);
});
