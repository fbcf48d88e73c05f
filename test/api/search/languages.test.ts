import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findIndexFault, reindex, useSearchLanguages } from '../../../src/forum/search/index.ts';
import { statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { numbered, store } from './stored-texts.ts';

const WORDS = [
  ...['export', 'exports', 'exporting', 'exported', 'invoice', 'invoices', 'running', 'runs', 'policy'],
  ...['policies', 'Rechnung', 'Rechnungen', 'Häuser', 'Haus', 'exportieren', 'node.js', 'nodes', 'C++'],
  ...['数据库', 'e-mails', 'e-mail', 'the', 'was', 'it’s'],
];

/** Every word beside every other one, with comments of three. */
const TEXTS = numbered(
  WORDS.flatMap((one, i) => [
    { title: `${one} ${WORDS[(i + 7) % WORDS.length]}`, text: WORDS.slice(i, i + 3).join(' ') },
    { title: null, text: [one, WORDS[(i + 3) % WORDS.length], WORDS[(i * 5) % WORDS.length]].join(', ') },
    { title: null, text: `${WORDS[(i * 7) % WORDS.length]} ${one}` },
  ]),
);

const words = statement<{ word: string }>('test.languageWords', 'SELECT word FROM search_word');
const forums = new Map<string, Forum>();
beforeAll(async () => {
  useSearchLanguages(['en', 'de']);
  for (const engine of engines) {
    const forum = await openForum(engine, 'empty');
    await findIndexFault(forum.db); // an empty forum gets its index here, as at a start
    await store(forum.db, TEXTS);
    forums.set(engine, forum);
  }
});
afterAll(async () => {
  useSearchLanguages([]);
  for (const forum of forums.values()) await forum.close();
});

const SEARCH = `query ($q: String!, $orderBy: SearchOrder, $first: Int) {
  search(query: $q, first: $first, orderBy: $orderBy) {
    totalCount suggestion
    nodes {
      subject { ... on Discussion { id title } ... on Comment { id } }
      rankExplanation { value }
      textMatches { property fragment highlights { text } }
    }
  }
}`;

test.runIf(engines.length > 1)('both engines find the same in the same order', async () => {
  const part = fc.tuple(
    fc.constantFrom('', '', '', '-'),
    fc.oneof(
      fc.constantFrom(...WORDS, 'expor', 'rechnunge*', 'in:title', 'OR'),
      fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(...WORDS)).map((pair) => `"${pair.join(' ')}"`),
    ),
  );
  const query = fc
    .array(part, { maxLength: 4 })
    .map((parts) => parts.map(([sign, word]) => sign + word).join(' '));
  await fc.assert(
    fc.asyncProperty(query, fc.constantFrom('RELEVANCE', 'NEWEST', 'OLDEST'), async (q, orderBy) => {
      const [one, other] = await Promise.all(
        [...forums.values()].map((forum) => forum.ask(SEARCH, { q, orderBy, first: 30 })),
      );
      expect(one?.errors).toBeUndefined();
      expect(other).toEqual(one);
    }),
    { numRuns: 80 },
  );
});

describe.each(engines)('a search in English and German on %s', (engine) => {
  const search = async (q: string) => {
    const { data, errors } = await (forums.get(engine) as Forum).ask(SEARCH, { q, first: 100 });
    expect(errors).toBeUndefined();
    return data.search;
  };
  interface Node {
    readonly subject: { readonly id: string };
    readonly textMatches: readonly { readonly highlights: readonly { readonly text: string }[] }[];
  }
  const ids = async (q: string) => (await search(q)).nodes.map(({ subject }: Node) => subject.id);
  const marked = async (q: string) => [
    ...new Set(
      (await search(q)).nodes.flatMap(({ textMatches }: Node) =>
        textMatches.flatMap(({ highlights }) => highlights.map(({ text }) => text)),
      ),
    ),
  ];

  test.each([
    ['exports', 'exported'],
    ['policy', 'policies'],
    ['rechnung', 'rechnungen'],
    ['haus', 'häuser'],
    ['in:title invoice', 'in:title invoices'],
    ['"invoice running"', '"invoices runs"'],
    ['-export', '-exporting'],
  ])('takes %s and %s for the same', async (one, other) => {
    const found = await ids(`${one} `);
    expect(found.length).toBeGreaterThan(1);
    expect((await ids(`${other} `)).toSorted()).toEqual(found.toSorted());
  });

  test('marks the words as they are written', async () => {
    expect((await marked('exporting ')).toSorted()).toEqual(['export', 'exported', 'exporting', 'exports']);
    expect((await marked('haus ')).toSorted()).toEqual(['Haus', 'Häuser']);
  });

  test('suggests whole words and no stems', async () => {
    expect((await search('polciies ')).suggestion).toBe('policies ');
    const known = (await (forums.get(engine) as Forum).db.read.all(words, [])).map(({ word }) => word);
    expect(known).toContain('policies');
    expect(known).not.toContain('polici');
  });

  test('needs an index of these languages, and says so', async () => {
    const { db } = forums.get(engine) as Forum;
    const before = await ids('exports ');
    useSearchLanguages([]);
    try {
      expect(await findIndexFault(db)).toBe(
        'The search index was made for de,en, but SEARCH_LANGUAGES names no language',
      );
      await reindex(db);
      expect(await findIndexFault(db)).toBeNull();
      const plain = await ids('exports ');
      expect(plain.length).toBeLessThan(before.length);
    } finally {
      useSearchLanguages(['de', 'en']);
    }
    expect(await findIndexFault(db)).toBe(
      'The search index was made for no language, but SEARCH_LANGUAGES names de,en',
    );
    await reindex(db);
    expect(await ids('exports ')).toEqual(before);
  });
});
