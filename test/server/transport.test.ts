import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { answerOf, startTiny } from './tiny-server.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const HELLO = JSON.stringify({ query: '{ hello }' });

function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

/** Writes bytes to the server and resolves to all that it sends until it closes. */
function speak(url: string, bytes: string, onConnect = () => {}): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(bytes);
      onConnect();
    });
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('a request that is no GraphQL over HTTP', () => {
  test.each([
    [
      'a body that is not JSON',
      '/graphql',
      { method: 'POST', headers: JSON_TYPE, body: '{' },
      400,
      'BAD_REQUEST',
    ],
    ['an empty body', '/graphql', { method: 'POST', headers: JSON_TYPE, body: '' }, 400, 'BAD_REQUEST'],
    [
      'a body that is not UTF-8',
      '/graphql',
      {
        method: 'POST',
        headers: JSON_TYPE,
        body: Buffer.from('{"query":"{ hello(name: \\"\xe9\\") }"}', 'latin1'),
      },
      400,
      'BAD_REQUEST',
    ],
    [
      'a body that nests deeper than anything could ask for',
      '/graphql',
      {
        method: 'POST',
        headers: JSON_TYPE,
        body: `{"query":"{ hello }","variables":{"a":${nested(100_000)}}}`,
      },
      400,
      'BAD_REQUEST',
    ],
    [
      'a key that would reach into prototypes',
      '/graphql',
      { method: 'POST', headers: JSON_TYPE, body: '{"query":"{ hello }","variables":{"__proto__":{"a":1}}}' },
      400,
      'BAD_REQUEST',
    ],
    ['plain text', '/graphql', { method: 'POST', body: HELLO }, 415, 'BAD_REQUEST'],
    [
      'a form',
      '/graphql',
      { method: 'POST', body: new URLSearchParams({ query: '{ hello }' }) },
      415,
      'BAD_REQUEST',
    ],
    [
      'another charset',
      '/graphql',
      { method: 'POST', headers: { 'content-type': 'application/json; charset=utf-16' }, body: HELLO },
      415,
      'BAD_REQUEST',
    ],
    [
      'a compressed body, which could be a bomb',
      '/graphql',
      { method: 'POST', headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: gzipSync(HELLO) },
      415,
      'BAD_REQUEST',
    ],
    ['an unknown path', '/graphiql', {}, 404, 'NOT_FOUND'],
    ['a path that cannot be decoded', '/%E0%A4%A', {}, 400, 'BAD_REQUEST'],
    ['another method', '/graphql', { method: 'PUT', headers: JSON_TYPE, body: HELLO }, 405, 'BAD_REQUEST'],
    ['DELETE', '/graphql', { method: 'DELETE' }, 405, 'BAD_REQUEST'],
  ])('is answered in the shape of GraphQL: %s', async (_what, path, init, status, code) => {
    const { url } = await startTiny();
    const answer = await answerOf(await fetch(`${url}${path}`, init as RequestInit));
    expect({ status: answer.status, codes: answer.body.errors?.map((error) => error.extensions) }).toEqual({
      status,
      codes: [{ code }],
    });
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  test('is none for its brackets: 64 levels and any number of brackets in text are fine', async () => {
    const { query } = await startTiny();
    const variables = { deep: JSON.parse(nested(62)), text: `\\"${'[{'.repeat(1000)}`, more: [[], {}, []] };
    expect((await query('{ hello }', variables)).status).toBe(200);
    expect((await query('{ hello }', { deep: JSON.parse(nested(63)) })).status).toBe(400);
  });

  test('says which methods an address takes', async () => {
    const { url } = await startTiny();
    const response = await fetch(`${url}/graphql`, { method: 'PATCH' });
    expect(response.headers.get('allow')).toBe('GET, POST');
  });

  test('is refused with 413 where the body is larger than the setting, whether it says so or not', async () => {
    const { url, query } = await startTiny({ bodyBytesMax: 2048 });
    expect((await query('{ hello }', { pad: 'x'.repeat(1900) })).status).toBe(200);
    const large = await query('{ hello }', { pad: 'x'.repeat(2048) });
    expect(large.status).toBe(413);
    expect(large.body.errors).toEqual([
      { message: 'The body is larger than 2048 bytes.', extensions: { code: 'BAD_REQUEST' } },
    ]);
    const chunk = `${(2048).toString(16)}\r\n${'x'.repeat(2048)}\r\n`;
    const head =
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked';
    expect(await speak(url, `${head}\r\n\r\n${chunk}${chunk}`)).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('is refused with 400 and 431 where it is no HTTP or has too much of a head', async () => {
    const { url } = await startTiny();
    expect(await speak(url, 'hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"BAD_REQUEST"/);
    const head = `GET / HTTP/1.1\r\nhost: x\r\nx-pad: ${'x'.repeat(20_000)}\r\n\r\n`;
    expect(await speak(url, head)).toMatch(/^HTTP\/1\.1 431 [\s\S]*"code":"BAD_REQUEST"/);
  });
});

describe('time', () => {
  test('is bounded for a client that does not finish its head', async () => {
    const { url } = await startTiny({ requestTimeoutMs: 300 });
    expect(await speak(url, 'POST /graphql HTTP/1.1\r\nhost: x\r\n')).toMatch(
      /^HTTP\/1\.1 408 [\s\S]*"code":"TIMEOUT"/,
    );
  });

  test('is bounded for a client that does not finish its body', async () => {
    const { url } = await startTiny({ requestTimeoutMs: 300 });
    const head =
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{';
    expect(await speak(url, head)).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"TIMEOUT"/);
  });

  test('is bounded for an operation, and the server goes on', async () => {
    const { query, gate, lines } = await startTiny({ requestTimeoutMs: 300 });
    const { status, body } = await query('query Waiting { waits }');
    expect(status).toBe(503);
    expect(body).toEqual({
      errors: [
        { message: 'The operation took longer than the server allows.', extensions: { code: 'TIMEOUT' } },
      ],
    });
    gate.open();
    expect((await query('{ waits }')).body.data).toEqual({ waits: 'open' });
    expect(lines.filter((line) => line['msg'] === 'request').map((line) => line['status'])).toEqual([
      503, 200,
    ]);
  });
});

describe('a context', () => {
  test('that refuses the caller answers with the status of its code', async () => {
    const { query } = await startTiny();
    const { status, body } = await query('{ hello }', {}, { authorization: 'nobody' });
    expect(status).toBe(401);
    expect(body).toEqual({
      errors: [{ message: 'Nobody knows this key.', extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  test('that fails is an incident', async () => {
    const { query } = await startTiny(
      {},
      {
        makeContext: () => {
          throw new Error('secret');
        },
      },
    );
    const { status, body } = await query('{ hello }');
    expect(status).toBe(500);
    expect(JSON.stringify(body)).toMatch(/Incident [0-9a-f]{8}/);
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  test('knows the address that the proxies name, as far as they are trusted', async () => {
    const forwarded = { 'x-forwarded-for': '198.51.100.7, 203.0.113.9' };
    const address = async (trustProxy: boolean | number | string[]) =>
      (await (await startTiny({ trustProxy })).query('{ address }', {}, forwarded)).body.data?.['address'];
    expect(await address(false)).toBe('127.0.0.1');
    expect(await address(1)).toBe('203.0.113.9');
    expect(await address(2)).toBe('198.51.100.7');
    expect(await address(true)).toBe('198.51.100.7');
    expect(await address(['127.0.0.1'])).toBe('203.0.113.9');
  });

  test.each([
    ['203.0.113.9:51234', '203.0.113.9'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['198.51.100.7:1, 203.0.113.9:2', '198.51.100.7'],
    ['unknown', '127.0.0.1'],
    ['', '127.0.0.1'],
    [',,', '127.0.0.1'],
    ['198.51.100.7, <script>, 203.0.113.9', '203.0.113.9'],
  ])('reads %j as %s, and takes what cannot be read for the peer', async (header, expected) => {
    const tiny = await startTiny({ trustProxy: true });
    const { body } = await tiny.query('{ address }', {}, { 'x-forwarded-for': header });
    expect(body.data?.['address']).toBe(expected);
  });
});
