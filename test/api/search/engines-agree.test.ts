import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { numbered, type StoredText, store } from './stored-texts.ts';

const WORDS = [
  ...[
    'apple',
    'apples',
    'applet',
    'Bär',
    'bar',
    'C++',
    'C',
    'node.js',
    'nodejs',
    'e-mail',
    'email',
    'it’s',
    'its',
  ],
  ...[
    '数据',
    '数据库',
    '库',
    '据库迁移',
    'ガイド',
    '검색',
    '👍',
    '👍🏽',
    'naïve',
    'foo_bar',
    '1.5',
    'OR',
    'NEAR',
    'the',
  ],
];

/** The same texts each time. */
function texts(): StoredText[] {
  let seed = 7;
  const random = (max: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * max);
  };
  const sentence = (length: number) =>
    Array.from({ length }, () => WORDS[random(WORDS.length)]).join(random(4) ? ' ' : ', ');
  return numbered(
    Array.from({ length: 400 }, (_, i) => ({
      title: i % 4 === 0 ? sentence(1 + random(4)) : null,
      text: sentence(1 + random(9)),
    })),
  );
}

const forums: Forum[] = [];
beforeAll(async () => {
  const stored = texts();
  for (const engine of engines) {
    const forum = await openForum(engine, 'empty');
    await store(forum.db, stored);
    forums.push(forum);
  }
});
afterAll(async () => {
  for (const forum of forums) await forum.close();
});

const word = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.constantFrom(
    'app*',
    '"',
    '(',
    ')',
    'NOT',
    'AND',
    'OR',
    'in:title',
    'in:body',
    'in:comments',
    'is:open',
    'score:<1',
    'created:>2026-01-03',
  ),
);
const phrase = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 })
  .map((words) => `"${words.join(' ')}"`);
const query = fc
  .array(fc.tuple(fc.constantFrom('', '', '', '-'), fc.oneof(word, word, phrase)), { maxLength: 5 })
  .map((parts) => parts.map(([sign, part]) => sign + part).join(' '));

const SEARCH = `query ($q: String!, $orderBy: SearchOrder, $after: String) {
  search(query: $q, first: 7, orderBy: $orderBy, after: $after) {
    totalCount isTotalCountLowerBound suggestion pageInfo { hasNextPage endCursor }
    nodes { subject { ... on Discussion { id } ... on Comment { id } } rankExplanation { value } textMatches { fragment property } }
  }
}`;

test.runIf(engines.length > 1)(
  'both engines find the same in the same order, on each page, and say the same of it',
  async () => {
    await fc.assert(
      fc.asyncProperty(query, fc.constantFrom('RELEVANCE', 'NEWEST', 'OLDEST'), async (q, orderBy) => {
        for (let after: string | null = null, pages = 0; pages < 3; pages++) {
          const answers = await Promise.all(forums.map((forum) => forum.ask(SEARCH, { q, orderBy, after })));
          const [one, other] = answers;
          expect(one?.errors).toBeUndefined();
          expect(other).toEqual(one);
          const { pageInfo } = one?.data.search ?? {};
          if (!pageInfo.hasNextPage) return;
          after = pageInfo.endCursor;
        }
      }),
      { numRuns: 150 },
    );
  },
);

test('a page after another one has other results, and all pages together have each once', async () => {
  for (const forum of forums)
    for (const orderBy of ['RELEVANCE', 'NEWEST', 'OLDEST']) {
      const seen: string[] = [];
      for (let after: string | null = null, isMore = true; isMore; ) {
        const {
          data,
        }: {
          data: {
            search: {
              nodes: { subject: { id: string } }[];
              pageInfo: { hasNextPage: boolean; endCursor: string };
            };
          };
        } = await forum.ask(SEARCH, { q: 'apple OR bar OR the ', orderBy, after });
        seen.push(...data.search.nodes.map(({ subject }) => subject.id));
        isMore = data.search.pageInfo.hasNextPage;
        after = data.search.pageInfo.endCursor;
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBeGreaterThan(100);
    }
});
