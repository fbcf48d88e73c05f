// What once stopped the server, sent by a guest within the documented limits. Each prints its figures.

import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issueKeyForNewAuthor } from '../../src/identity/index.ts';
import { newId } from '../../src/store/ids.ts';
import type { Sent } from '../support/app.ts';
import { openTestDatabase, type TestDatabase, temporaryFolder } from '../support/database.ts';
import { startWatched, type WatchedServer } from './fuzz/watched-server.ts';

const HEALTH_MS_MAX = 2000;
const GROWTH_MB_MAX = 350;
const TABLE = `|a|b|\n|:-:|:-:|\n${'|x|y|\n'.repeat(4900)}`;
const MARKS = `a${'\u0301'.repeat(120_000)}`;

const aliases = (count: number, field: string) =>
  Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(' ');

describe('an attack within the limits', () => {
  const folder = temporaryFolder();
  let database: TestDatabase;
  let server: WatchedServer;
  let limited: WatchedServer;
  let key: string;
  let discussionId: string;
  beforeAll(async () => {
    database = await openTestDatabase('sqlite');
    const author = { name: 'ada', role: 'MEMBER', at: new Date() } as const;
    key = (await database.db.transaction((tx) => issueKeyForNewAuthor(tx, newId, author))).token;
    server = await startWatched(database.url, folder.path, { REQUEST_TIMEOUT_SECONDS: '60' });
    limited = await startWatched(database.url, folder.path, { RATE_LIMITS: 'on' });
    const made = await send(
      'mutation ($body: String!) { createDiscussion(input: { title: "Large", body: $body }) { discussion { id } } }',
      { body: TABLE },
      key,
    );
    discussionId = made.body.data.createDiscussion.discussion.id;
  }, 120_000);
  afterAll(async () => {
    await Promise.all([server.stop(), limited.stop()]);
    await database.close();
    folder.remove();
  });

  async function send(query: string, variables: object = {}, token?: string, url = server.url) {
    const from = performance.now();
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    const body: Sent['body'] = JSON.parse(text);
    return { status: response.status, body, bytes: Buffer.byteLength(text), ms: performance.now() - from };
  }

  /** Does it, and prints what it took beside its worst health check and the memory. */
  async function watched<T>(what: string, work: () => Promise<T>): Promise<T> {
    const before = await server.memory();
    let worst = 0;
    let isOn = true;
    const checking = (async () => {
      while (isOn) {
        const from = performance.now();
        await fetch(`${server.url}/health/live`);
        worst = Math.max(worst, performance.now() - from);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    const from = performance.now();
    const result = await work();
    isOn = false;
    await checking;
    const seconds = ((performance.now() - from) / 1000).toFixed(1);
    const after = await server.memory();
    console.log(
      `${what}: ${seconds} s, health at worst ${worst.toFixed(0)} ms, rss ${before.rss.toFixed(0)} MB, peak ${after.peak.toFixed(0)} MB, heap ${before.heapUsed.toFixed(0)} to ${after.heapUsed.toFixed(0)} MB`,
    );
    expect(worst).toBeLessThan(HEALTH_MS_MAX);
    expect(after.peak - before.rss).toBeLessThan(GROWTH_MB_MAX);
    expect(after.heapUsed - before.heapUsed).toBeLessThan(100);
    return result;
  }

  test('of ids that are none, repeated in errors, or one text under fifty names, sixteen at once, gets small answers', async () => {
    const ids = `query ($v: ID!) { ${aliases(9, `nodes(ids: [${'$v '.repeat(100)}]) { id }`)} }`;
    const texts = `{ ${aliases(50, `node(id: "${discussionId}") { ... on Discussion { bodyHTML } }`)} }`;
    const answers = await watched('1. long ids and one text 50 times, 16 of each', () =>
      Promise.all(
        Array.from({ length: 32 }, (_, n) => (n % 2 ? send(ids, { v: 'x'.repeat(245_000) }) : send(texts))),
      ),
    );
    expect(Math.max(...answers.map(({ bytes }) => bytes))).toBeLessThan(100_000);
  }, 120_000);

  test('of many documents with switches leaves little memory behind', async () => {
    const page = (n: number) =>
      `query ($a: Boolean!, $b: Boolean!, $c: Boolean!, $d: Boolean!, $e: Boolean!) { ${['a', 'b', 'c', 'd', 'e'].map((name) => `... @include(if: $${name}) { viewer { ${'id __typename '.repeat(92)} n${n}_${name}: id } }`).join(' ')} }`;
    await watched('2. 150 documents of 930 fields, 32 settings each', async () => {
      for (let n = 0; n < 150; n++)
        await Promise.all(
          Array.from({ length: 32 }, (_, bits) =>
            send(
              page(n),
              Object.fromEntries(
                ['a', 'b', 'c', 'd', 'e'].map((name, i) => [name, Boolean(bits & (1 << i))]),
              ),
            ),
          ),
        );
    });
  }, 240_000);

  test('of twenty previews of a large table costs what they cost', async () => {
    const query = `query ($input: PreviewCommentInput!) { ${aliases(20, 'previewComment(input: $input) { bodyText }')} }`;
    const { body, status } = await watched('3. 20 previews of a table', () =>
      send(query, { input: { discussionId, body: TABLE } }),
    );
    const codes = (body.errors ?? []).map((one: { extensions: { code: string } }) => one.extensions.code);
    // more texts than the queue takes are refused
    expect([status, ...new Set([...codes, 'UNAVAILABLE'])]).toEqual([200, 'UNAVAILABLE']);
  }, 120_000);

  test('of differences between twenty long revisions leaves the event loop free', async () => {
    let body = 'word '.repeat(11_900);
    for (let n = 0; n < 20; n++) {
      body = body.replace('word', `edit${n}`);
      await send(
        'mutation ($input: UpdateDiscussionInput!) { updateDiscussion(input: $input) { discussion { id } } }',
        { input: { discussionId, body } },
        key,
      );
    }
    const revisions = 'discussion(id: $id) { revisions { nodes { bodyDiff { kind } } } }';
    const answer = await watched('4. 4 times the differences of 20 revisions', () =>
      send(`query ($id: ID!) { ${aliases(4, revisions)} }`, { id: discussionId }),
    );
    expect(answer.body.errors?.[0]?.extensions.code ?? 'none').toMatch(
      /^(none|QUERY_TOO_COMPLEX|UNAVAILABLE)$/,
    );
  }, 240_000);

  test('of 240 kB of combining marks is refused by its length', async () => {
    const times: number[] = [];
    await watched('5. combining marks', async () => {
      for (const [query, variables] of [
        ['mutation ($v: String!) { signIn(input: { email: $v, password: $v }) { token } }', { v: MARKS }],
        [
          'query ($v: String!) { previewDiscussion(input: { title: $v, body: "x" }) { problems { code } } }',
          { v: MARKS },
        ],
        ['query ($v: String!) { discussion(externalId: $v) { id } }', { v: MARKS }],
      ] as const)
        times.push((await send(query, variables)).ms);
    });
    console.log(`5. each: ${times.map((ms) => ms.toFixed(0)).join(', ')} ms`);
  }, 60_000);

  test('of the whole schema nineteen times is refused', async () => {
    const [, fragments = ''] = getIntrospectionQuery().split(/(?=fragment FullType)/);
    const query = `{ ${aliases(19, '__schema { types { ...FullType } }')} } ${fragments}`;
    const { body, ms } = await watched('6. 19 times the schema', () => send(query));
    console.log(`6. ${ms.toFixed(0)} ms`);
    expect(body.errors[0].extensions.code).toBe('QUERY_TOO_COMPLEX');
  }, 60_000);

  test('of variables with the names of inherited properties counts what they are', async () => {
    const page =
      'discussions(first: $toString) { nodes { comments(first: 100) { nodes { replies(first: 100) { nodes { id } } } } } }';
    const { body } = await send(`query ($toString: Int = 100) { ${page} }`);
    expect(body.errors[0].message).toMatch(/asks for up to 1010100 nodes/);
    const variables = encodeURIComponent('{"__proto__": 1}');
    const response = await fetch(`${server.url}/graphql?query={__typename}&variables=${variables}`);
    expect(response.status).toBe(200);
  });

  test('of operations that are refused before they run is limited', async () => {
    let sent = 0;
    for (let status = 0; status !== 429 && sent < 2000; sent++)
      ({ status } = await send(`{ nothing${sent} }`, {}, undefined, limited.url));
    console.log(`8. refused by rate after ${sent} invalid operations`);
    expect(sent).toBeLessThan(700);
  }, 60_000);
});
