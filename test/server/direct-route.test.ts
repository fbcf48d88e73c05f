import { channel } from 'node:diagnostics_channel';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startTiny, type TinyServer } from './tiny-server.ts';

const DIRECT = 'application/json';
/** Means the same, written as hardly anybody does. */
const BY_FRAMEWORK = 'application/json; charset="UTF-8"';
/** Differ from answer to answer. */
const OWN = ['date', 'x-request-id', 'keep-alive'];

/** The framework closes the connection, and does not get as far as /graphql: caches keep no refusal of a POST anyway. */
const ONLY_HERE = ['connection', 'cache-control', 'vary'];

/** Counts the requests that the framework has handled. */
function countHandled(): () => number {
  let count = 0;
  const note = () => {
    count++;
  };
  const handled = channel('tracing:fastify.request.handler:start');
  handled.subscribe(note);
  onTestFinished(() => {
    handled.unsubscribe(note);
  });
  return () => count;
}

async function answered(url: string, type: string, body: string, headers: Record<string, string>) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { ...headers, 'content-type': type },
    body,
  });
  return {
    status: response.status,
    headers: [...response.headers].filter(([name]) => !OWN.includes(name)).sort(),
    // incidents have numbers of their own
    body: (await response.text()).replaceAll(/[0-9a-f]{8}/g, '#'),
  };
}

const LARGE = '{ many(count: 1000) }';

describe('an operation that the framework does not see', () => {
  test.each([
    ['a query', '{ hello }', {}],
    ['a mutation', 'mutation { shout(word: "a") }', {}],
    ['a query that is wrong', '{ nothing }', {}],
    [
      'a query that is wrong, for a new client',
      '{ nothing }',
      { accept: 'application/graphql-response+json' },
    ],
    ['no query at all', '', {}],
    ['a refusal', '{ refuses }', {}],
    ['a refusal for a while', '{ slowDown }', {}],
    ['a fault', '{ fails }', {}],
    ['a caller whom nobody knows', '{ hello }', { authorization: 'nobody' }],
    ['a client that takes br', LARGE, { 'accept-encoding': 'br' }],
    ['a client that takes gzip', LARGE, { 'accept-encoding': 'gzip;q=0.5' }],
    ['a client that takes neither', LARGE, { 'accept-encoding': 'identity' }],
    ['a page of another origin', '{ hello }', { origin: 'https://a.example' }],
    ['a media type that is not made here', '{ hello }', { accept: 'text/html' }],
  ])('is answered as the framework does: %s', async (_what, query, headers) => {
    for (const corsOrigins of [[], '*'] as const) {
      const { url } = await startTiny({ corsOrigins });
      const handled = countHandled();
      const body = JSON.stringify({ query });
      const ask = (type: string) => answered(url, type, body, headers);
      // twice each: an operation is answered by Apollo once, and from then on by what has learnt from it
      const direct = [await ask(DIRECT), await ask(DIRECT)];
      expect(handled()).toBe(0);
      expect([await ask(BY_FRAMEWORK), await ask(BY_FRAMEWORK)]).toEqual(direct);
      expect(handled()).toBe(2);
    }
  });

  test.each([
    ['no JSON', '{'],
    ['a batch', '[{"query":"{ hello }"}]'],
    ['a number', '1'],
    ['a name that reaches into prototypes', '{"query":"{ hello }","variables":{"__proto__":{}}}'],
  ])('is refused as the framework does: %s', async (_what, body) => {
    const { url } = await startTiny();
    const ask = async (type: string) => {
      const { headers, ...answer } = await answered(url, type, body, {});
      return { ...answer, headers: headers.filter(([name = '']) => !ONLY_HERE.includes(name)) };
    };
    const direct = await ask(DIRECT);
    expect(direct.status).toBe(400);
    expect(await ask(BY_FRAMEWORK)).toEqual(direct);
  });

  test('may come in pieces, and from an origin that a setting names', async () => {
    const { url } = await startTiny({ corsOrigins: ['https://a.example'] });
    const handled = countHandled();
    const origin = { origin: 'https://a.example' };
    const named = await answered(url, DIRECT, '{"query":"{ hello }"}', origin);
    expect(named.headers).toContainEqual(['access-control-allow-origin', 'https://a.example']);
    expect(handled()).toBe(1);
    const pad = 'ü'.repeat(50_000);
    const body = JSON.stringify({
      query: 'query ($name: String!) { hello(name: $name) }',
      variables: { name: pad },
    });
    expect((await answered(url, DIRECT, body, {})).body).toBe(`{"data":{"hello":"Hello, ${pad}"}}`);
    expect(handled()).toBe(1);
  });
});

test('compressed answers are whole', async () => {
  const { port, hostname } = new URL((await startTiny()).url);
  const { request } = await import('node:http');
  const ask = (encoding: string) =>
    new Promise<Buffer>((resolve) => {
      const headers = { 'content-type': DIRECT, 'accept-encoding': encoding };
      const sent = request(
        { hostname, port, path: '/graphql', method: 'POST', headers },
        async (response) => {
          expect(response.headers['content-encoding']).toBe(encoding);
          resolve(Buffer.concat(await response.toArray()));
        },
      );
      sent.end(JSON.stringify({ query: LARGE }));
    });
  const texts = [brotliDecompressSync(await ask('br')), gunzipSync(await ask('gzip'))].map(String);
  expect(texts.map((text) => JSON.parse(text).data.many.length)).toEqual([1000, 1000]);
});

describe('the log', () => {
  const untilLine = async ({ lines }: TinyServer) => {
    while (lines.length === 0) await sleep(10);
    return lines;
  };

  test('tells of a client that went away before it was answered', async () => {
    const server = await startTiny();
    const client = new AbortController();
    const body = JSON.stringify({ query: 'query Waiting { waits }' });
    const headers = { 'content-type': DIRECT };
    const asked = fetch(`${server.url}/graphql`, { method: 'POST', headers, body, signal: client.signal });
    await server.gate.reachedBy(1);
    client.abort();
    await expect(asked).rejects.toThrow('aborted');
    expect(await untilLine(server)).toEqual([
      {
        level: 'info',
        time: expect.any(String),
        reqId: expect.any(String),
        method: 'POST',
        path: '/graphql',
        msg: 'the client went away before it was answered',
      },
    ]);
  });
});
