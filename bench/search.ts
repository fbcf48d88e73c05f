import SqliteDatabase from 'better-sqlite3';
import { assertSameWork } from './equality.ts';
import { ask, run } from './load.ts';
import { FLOOR_SEARCH, PARLEY } from './programs.ts';
import { type Bench, figuresTable } from './report.ts';
import { type Figures, measure } from './rounds.ts';
import { start, stopAll } from './servers.ts';

const SEARCH = `query ($q: String!) { search(query: $q, first: 20) { nodes {
  subject { ... on Discussion { id title } ... on Comment { id discussion { title } } }
  textMatches { property fragment highlights { beginIndice endIndice } } } } }`;
/** What each server is sent to search for a word. The blank says that the word is complete. */
export const searchBodies = {
  floor: (word: string) => JSON.stringify({ word }),
  bare: (word: string) => JSON.stringify({ word, isBare: true }),
  parley: (word: string) => JSON.stringify({ query: SEARCH, variables: { q: `${word} ` } }),
};
const SIMILAR = `query ($title: String!) { similarDiscussions(title: $title) { similarity discussion { id title url } } }`;
/** As many as before an operation of the workload, or as many as are answered in a quarter of a minute. */
const WARM_UP_REQUESTS = 21_000;
const WARM_UP_MS_MAX = 15_000;
/** How many connections search for each word. The floor needs a tenth of a second for a common one: others would only wait. */
const CONNECTIONS: Readonly<Record<string, readonly number[]>> = {
  rare: [1, 32],
  middling: [1, 32],
  common: [1],
};

/** The words to look for: one that a text has, one that hundreds have, and one that a quarter of all have. */
export function wordsOf(db: SqliteDatabase.Database) {
  db.exec(`CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search_comment_text, row);
    CREATE VIRTUAL TABLE temp.title_words USING fts5vocab(main, search_discussion_text, row)`);
  const nearest = (table: string, texts: string) =>
    db
      .prepare<[], string>(
        `SELECT term FROM temp.${table} WHERE term GLOB '[a-z0-9]*' ORDER BY abs(doc - (${texts})), term LIMIT 1`,
      )
      .pluck()
      .get() ?? '';
  return {
    rare: nearest('title_words', '1'),
    middling: nearest('title_words', 'SELECT count(*) / 200 FROM discussion'),
    common: nearest('words', 'SELECT count(*) / 4 FROM comment'),
  };
}

/** Measures the first 20 results of a rare, a middling and a common word beside FTS5 by hand, and similar questions. */
export async function measureSearch({ copies, options, print }: Bench): Promise<void> {
  const db = new SqliteDatabase(copies.file, { readonly: true });
  const words = wordsOf(db);
  const titles = db
    .prepare<[], string>('SELECT title FROM discussion ORDER BY substr(id, 11) LIMIT 500')
    .pluck()
    .all();
  db.close();
  const [floor, parley] = [
    await start(FLOOR_SEARCH, copies.another()),
    await start(PARLEY, copies.another()),
  ];
  const warmed = async (
    name: string,
    server: typeof floor,
    bodies: readonly string[],
    connections: number,
  ) => {
    const requests = bodies.map((body) => ({ body }));
    const until = performance.now() + WARM_UP_MS_MAX;
    for (let sent = 0; sent < WARM_UP_REQUESTS && performance.now() < until; )
      sent += (await run({ url: server.url, requests, connections, seconds: 1 })).answered;
    return { name, server, requests: () => requests };
  };
  try {
    for (const [name, word] of Object.entries(words)) {
      const [own, theirs] = [searchBodies.parley(word), searchBodies.floor(word)];
      assertSameWork(word, await ask(parley.url, { body: own }), await ask(floor.url, { body: theirs }));
      const counts = CONNECTIONS[name] ?? [1];
      const most = Math.max(...counts);
      const contenders = [
        await warmed('floor', floor, [theirs], most),
        await warmed('its statement alone, with deleted texts', floor, [searchBodies.bare(word)], most),
        await warmed('parley', parley, [own], most),
      ];
      const figures: Figures[] = [];
      for (const connections of counts)
        figures.push(...(await measure(contenders, { ...options, connections })));
      print(figuresTable(`A ${name} word, “${word}”`, figures, 'floor'));
    }
    const asked = titles.map((title) => JSON.stringify({ query: SIMILAR, variables: { title } }));
    print(
      figuresTable(
        'Similar discussions',
        await measure([await warmed('parley', parley, asked, 1)], { ...options, connections: 1 }),
        '',
      ),
    );
  } finally {
    await stopAll([floor, parley]);
  }
}
