// Pages of the longest texts. All of them would fill the memory of the server before the size of the answer is known.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/store/index.ts';
import { renderMarkdown } from '../../src/text/markdown.ts';
import { engines, openTestDatabase, type TestDatabase, temporaryFolder } from '../support/database.ts';
import { startWatched, type WatchedServer } from './fuzz/watched-server.ts';

/** `TEXT_MEMORY_COMMENTS=3000` is what the figures of docs/limits.md were measured with. */
const COMMENTS = Number(process.env['TEXT_MEMORY_COMMENTS'] ?? 600);
const DISCUSSIONS = COMMENTS / 100;
/** A page has so few rows that their texts are read, and the answer is refused while it is written. */
const PAGE = 'a page';
/** In megabytes, of four at once. */
const growthMaxOf = (what: string) => (what === PAGE ? 900 : 200);

const AT = new Date('2026-11-24T00:00:00Z');
const idOf = (n: number) => String(n).padStart(26, '0');

/** Cells in the most numerous rows that a text may have, with the alignment that makes their HTML longest. */
const BODY = `|a|b|\n|:-:|:-:|\n${'|🦜é|b|\n'.repeat(4990)}`.slice(0, 59_000);

/** Fills an empty forum: a hundred comments in each discussion, each with the same long text. */
async function fill(db: Database): Promise<void> {
  const { html, text } = renderMarkdown(BODY);
  const short = { body: 'x', bodyHtml: 'x', bodyText: 'x', createdAt: AT };
  const discussions = Array.from({ length: DISCUSSIONS }, (_, n) => idOf(n));
  await db.write(async (tx) => {
    await tx.discussion.createMany({
      data: discussions.map((id) => ({
        ...{ ...short, id, slug: id, title: id, titleKey: id, lastActivityAt: AT, commentCount: 100 },
        topLevelCommentCount: 100,
      })),
    });
    await tx.comment.createMany({
      data: Array.from({ length: COMMENTS }, (_, n) => ({
        ...{ ...short, id: idOf(n), discussionId: idOf(Math.floor(n / 100)) },
      })),
    });
    const [one, two, three] = db.engine === 'sqlite' ? ['?', '?', '?'] : ['$1', '$2', '$3'];
    const sql = `UPDATE comment SET body = ${one}, body_html = ${two}, body_text = ${three}`;
    await tx.$executeRawUnsafe(sql, BODY, html, text);
  });
}

const REFUSED = {
  errors: [
    {
      message: expect.stringMatching(/ larger than \d+ bytes\. Request less/),
      extensions: { code: 'QUERY_TOO_COMPLEX' },
    },
  ],
};
const ids = Array.from({ length: 100 }, (_, n) => `C_${idOf(n)}`);
const QUERIES: Record<string, [string, object]> = {
  'nested pages': [
    '{ discussions(first: 100) { nodes { comments(first: 100) { nodes { bodyHTML } } } } }',
    {},
  ],
  'many pages': [
    `{ ${Array.from({ length: DISCUSSIONS }, (_, n) => `a${n}: discussion(slug: "${idOf(n)}") { comments(first: 60) { nodes { bodyHTML bodyText } } }`).join(' ')} }`,
    {},
  ],
  'nodes by id': [
    `query (${ids.slice(0, 6).map((_, n) => `$v${n}: [ID!]!`)}) { ${Array.from({ length: 6 }, (_, n) => `a${n}: nodes(ids: $v${n}) { ... on Comment { bodyHTML } }`).join(' ')} }`,
    Object.fromEntries(
      Array.from({ length: 6 }, (_, k) => [`v${k}`, ids.map((_, n) => `C_${idOf(100 * k + n)}`)]),
    ),
  ],
  // the last, because the peak is that of the process
  [PAGE]: [`{ discussion(slug: "${idOf(0)}") { comments(first: 100) { nodes { bodyHTML } } } }`, {}],
};

describe.each(engines)('long texts on %s', (engine) => {
  let database: TestDatabase;
  let server: WatchedServer;
  const folder = temporaryFolder();
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    await fill(database.db);
    server = await startWatched(database.url, folder.path, { ANSWER_CACHE_MEGABYTES: '0' });
  }, 240_000);
  afterAll(async () => {
    await server.stop();
    await database.close();
    folder.remove();
  });

  /** Sends a request again if the server is busy with the others, as it asks clients to do. */
  async function ask(query: string, variables: object): Promise<unknown> {
    for (;;) {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const answer = await response.json();
      if (response.status !== 503) return answer;
      await sleep(Number(response.headers.get('retry-after')) * 1000);
    }
  }

  test.each(Object.entries(QUERIES))(
    'are refused: %s, four at once',
    async (what, [query, variables]) => {
      const before = await server.memory();
      const answers = await Promise.all(Array.from({ length: 4 }, () => ask(query, variables)));
      const after = await server.memory();
      console.log(
        `${what} on ${engine}: peak ${Math.round(after.peak)} MB, before ${Math.round(before.rss)} MB`,
      );
      for (const answer of answers) expect(answer).toEqual(REFUSED);
      expect(after.peak - before.rss).toBeLessThan(growthMaxOf(what));
    },
    240_000,
  );
});
