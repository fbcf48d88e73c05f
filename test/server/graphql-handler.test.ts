import { channel } from 'node:diagnostics_channel';
import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startTiny, type TinyServer } from './tiny-server.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const ORIGIN = 'https://a.example';
const HELLO = '{"query":"{ hello }"}';

/** Counts the requests that the framework has handled. */
function countHandled(): () => number {
  let count = 0;
  const add = () => {
    count++;
  };
  const handled = channel('tracing:fastify.request.handler:start');
  handled.subscribe(add);
  onTestFinished(() => {
    handled.unsubscribe(add);
  });
  return () => count;
}

/** Differ from answer to answer. */
const OWN = ['date', 'x-request-id', 'keep-alive'];

async function answered(url: string, init: RequestInit) {
  const response = await fetch(`${url}/graphql`, init);
  return {
    status: response.status,
    headers: [...response.headers].filter(([name]) => !OWN.includes(name)).sort(),
    // incidents have numbers of their own
    body: (await response.text()).replaceAll(/[0-9a-f]{8}/g, '#'),
  };
}

const post = (url: string, body: string, headers: Record<string, string> = {}) =>
  answered(url, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body });

const LARGE = '{ many(count: 1000) }';

describe('an operation is answered the second time as the first, without the framework', () => {
  test.each([
    ['a query', '{ hello }', {}, 200],
    ['a mutation', 'mutation { shout(word: "a") }', {}, 200],
    ['introspection', '{ __schema { queryType { name } } }', {}, 200],
    ['a query that is wrong', '{ nothing }', {}, 200],
    [
      'a query that is wrong, for a new client',
      '{ nothing }',
      { accept: 'application/graphql-response+json' },
      400,
    ],
    ['no query at all', '', {}, 400],
    ['two operations and no name', 'query A { hello } query B { hello }', {}, 200],
    ['a variable without its value', 'query ($name: String!) { hello(name: $name) }', {}, 200],
    ['a refusal', '{ refuses }', {}, 200],
    ['a refusal for a while', '{ slowDown }', {}, 200],
    ['a fault', '{ fails }', {}, 200],
    ['a viewer whom nobody knows', '{ hello }', { authorization: 'nobody' }, 401],
    ['a client that accepts br', LARGE, { 'accept-encoding': 'br' }, 200],
    ['a client that accepts gzip', LARGE, { 'accept-encoding': 'gzip;q=0.5' }, 200],
    ['a client that accepts neither', LARGE, { 'accept-encoding': 'identity' }, 200],
    ['a page of another origin', '{ hello }', { origin: ORIGIN }, 200],
    ['a media type that is not made here', '{ hello }', { accept: 'text/html' }, 406],
  ])('%s', async (_what, query, headers, status) => {
    for (const corsOrigins of [[], '*', [ORIGIN]] as const) {
      const { url } = await startTiny({ corsOrigins });
      const handled = countHandled();
      const body = JSON.stringify({ query });
      const first = await post(url, body, headers);
      expect(first.status).toBe(status);
      expect(await post(url, body, headers)).toEqual(first);
      expect(handled()).toBe(0);
    }
  });

  test('and by GET as by POST, but for what it says to caches', async () => {
    const { url } = await startTiny();
    const handled = countHandled();
    const byPost = await post(url, HELLO);
    const byGet = await fetch(`${url}/graphql?query={hello}`, { headers: JSON_TYPE });
    expect(await byGet.text()).toBe(byPost.body);
    expect(byGet.headers.get('cache-control')).toBe('no-cache');
    expect(byGet.headers.get('etag')).toMatch(/^W\/"/);
    expect(byPost.headers).toContainEqual(['cache-control', 'no-store']);
    expect(handled()).toBe(0);
  });
});

describe('every request to /graphql', () => {
  test.each(['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'with %s is refused with 405 and what is allowed',
    async (method) => {
      for (const corsOrigins of [[], '*', [ORIGIN]] as const) {
        const { url } = await startTiny({ corsOrigins });
        const handled = countHandled();
        const response = await fetch(`${url}/graphql`, { method });
        expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
        expect(response.headers.get('x-frame-options')).toBe('DENY');
        expect(handled()).toBe(0);
      }
    },
  );

  test.each([
    ['application/json', 200],
    ['application/json; charset=utf-8', 200],
    ['application/json;charset=UTF-8', 200],
    ['application/json; charset="UTF-8"', 200],
    ['APPLICATION/JSON', 200],
    ['application/json; charset=latin1', 415],
    ['application/jsonp', 415],
    ['application/graphql', 415],
    ['text/plain', 415],
  ])('with the media type %s answers %d', async (type, status) => {
    const { url } = await startTiny();
    expect((await post(url, HELLO, { 'content-type': type })).status).toBe(status);
  });

  test('may come in pieces, with its length or without', async () => {
    const { port, hostname } = new URL((await startTiny()).url);
    const name = 'ü'.repeat(50_000);
    const body = JSON.stringify({
      query: 'query ($name: String!) { hello(name: $name) }',
      variables: { name },
    });
    const sent = (length: object) =>
      new Promise<string>((resolve) => {
        const asked = request(
          { hostname, port, path: '/graphql', method: 'POST', headers: { ...JSON_TYPE, ...length } },
          async (response) => resolve(String(Buffer.concat(await response.toArray()))),
        );
        asked.write(body.slice(0, 1000));
        setTimeout(() => asked.end(body.slice(1000)), 20);
      });
    const answer = `{"data":{"hello":"Hello, ${name}"}}`;
    expect(await sent({ 'content-length': Buffer.byteLength(body) })).toBe(answer);
    expect(await sent({ 'transfer-encoding': 'chunked' })).toBe(answer);
  });

  test('closes the connection where its body is refused before it has arrived', async () => {
    const { url } = await startTiny({ bodyBytesMax: 2048, requestTimeoutMs: 1000 });
    for (const [method, length] of [
      ['POST', 5000],
      ['PUT', 500],
    ] as const) {
      const { hostname, port } = new URL(url);
      const socket = connect(Number(port), hostname);
      socket.write(
        `${method} /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n{`,
      );
      const answer = String(Buffer.concat(await socket.toArray()));
      expect(answer).toMatch(/^HTTP\/1\.1 4(13|05) [\s\S]*\r\nconnection: close\r\n/);
    }
  });

  test('may name the whole URL, as the standard allows, or end in a slash, and nothing else is taken for it', async () => {
    const { url } = await startTiny();
    const { hostname, port } = new URL(url);
    const statusOf = (path: string) =>
      new Promise<number | undefined>((resolve) => {
        request({ hostname, port, path, headers: JSON_TYPE }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).end();
      });
    for (const path of ['http://forum.example/graphql', '/graphql/', 'http://forum.example/graphql/']) {
      expect(await statusOf(`${path}?query={hello}`)).toBe(200);
    }
    for (const path of ['/graphql//', '/graphql/x', '/graphqlx', '/GraphQL', '/x/graphql', '/?/graphql']) {
      expect(await statusOf(path)).toBe(path.startsWith('/?') ? 200 : 404);
    }
  });
});

test('compressed answers are whole', async () => {
  const { port, hostname } = new URL((await startTiny()).url);
  const ask = (encoding: string) =>
    new Promise<Buffer>((resolve) => {
      const headers = { ...JSON_TYPE, 'accept-encoding': encoding };
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

  test('logs a client that disconnected before it was answered', async () => {
    const server = await startTiny();
    const client = new AbortController();
    const body = JSON.stringify({ query: 'query Waiting { waits }' });
    const asked = fetch(`${server.url}/graphql`, {
      ...{ method: 'POST', headers: JSON_TYPE, body, signal: client.signal },
    });
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
        msg: 'the client disconnected before it was answered',
      },
    ]);
  });
});
