import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IDS_ALONE, type Kind } from '../../../src/forum/search/candidate-statements.ts';
import { findCandidates } from '../../../src/forum/search/candidates.ts';
import { matchOf } from '../../../src/forum/search/match.ts';
import { parseQuery } from '../../../src/forum/search/parse-query.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { numbered, store } from './stored-texts.ts';

/** Words that are common, and next to each other in few texts. */
const TEXTS = numbered(
  Array.from({ length: 120 }, (_, i) => ({
    title: i % 5 === 0 ? `alpha ${i % 3 ? 'gamma' : 'beta'}` : null,
    text: i % 17 === 0 ? 'alpha beta' : i % 2 ? 'beta alpha' : 'alpha gamma beta',
  })),
);

/**
 * The windows of a forum are thousands of texts, so that a search meets several only where there are many more; here they
 * are a few.
 */
describe.each(engines)('a search of several words on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    await store(forum.db, TEXTS);
  });
  afterAll(() => forum.close());

  interface Reading {
    readonly q: string;
    readonly kind: Kind;
    readonly ascending: boolean;
  }

  /** The ids of each page, read by windows of some texts. */
  async function pagesOf({ q, kind, ascending }: Reading, windows: { count: number; texts: number } | null) {
    const { matcher, except } = parseQuery(q);
    const match = matchOf(engine, { matcher, except, completions: new Map(), authors: [] }, 'anywhere');
    const pages: string[][] = [];
    let bounds = { low: Number.MIN_SAFE_INTEGER, high: Number.MAX_SAFE_INTEGER };
    for (;;) {
      const request = {
        ...{ kind, columns: IDS_ALONE, match, conditions: [] },
        ...{ ascending, bounds, limit: 4, windows },
      };
      const { rows, end } = await findCandidates(forum.db, request);
      pages.push(rows.map(({ id }) => id));
      if (end === null) return pages;
      bounds = ascending ? { ...bounds, low: end } : { ...bounds, high: end };
    }
  }

  const readings = ['"alpha beta" ', 'beta -gamma ', 'alpha beta gamma ', '-gamma '].flatMap((q) =>
    (['discussion', 'comment'] as const).flatMap((kind) =>
      [true, false].map((ascending): Reading => ({ q, kind, ascending })),
    ),
  );

  test.each(readings)('$q $kind $ascending: windows together find the same as no window', async (reading) => {
    const whole = (await pagesOf(reading, null)).flat();
    for (const windows of [
      { count: 1, texts: 7 },
      { count: 3, texts: 11 },
      { count: 2, texts: 120 },
    ])
      expect((await pagesOf(reading, windows)).flat()).toEqual(whole);
  });

  test('ends a page with its windows, though it is not full', async () => {
    const reading = { q: '"alpha beta" ', kind: 'comment', ascending: false } as const;
    const pages = await pagesOf(reading, { count: 1, texts: 10 });
    expect(pages).toHaveLength(13);
    expect(pages.flat().length).toBeGreaterThan(4);
  });

  test('suggests nothing for phrases and exclusions', async () => {
    const suggestionOf = async (q: string) => {
      const { data } = await forum.ask('query ($q: String!) { search(query: $q) { suggestion } }', { q });
      return data.search.suggestion;
    };
    expect(await suggestionOf('alpah ')).toBe('alpha ');
    expect(await suggestionOf('"alpha beta" gamna ')).toBeNull();
    expect(await suggestionOf('gamna -alpha ')).toBeNull();
  });
});
