import { describe, expect, test } from 'vitest';
import { startTiny } from './tiny-server.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

describe('a request id', () => {
  test('is taken over from the caller, reaches the context, and comes back', async () => {
    const { query, lines } = await startTiny();
    const { headers, body } = await query('{ requestId }', {}, { 'x-request-id': 'trace:1.a-b_c' });
    expect(headers.get('x-request-id')).toBe('trace:1.a-b_c');
    expect(body.data).toEqual({ requestId: 'trace:1.a-b_c' });
    expect(lines).toMatchObject([{ reqId: 'trace:1.a-b_c', msg: 'request' }]);
  });

  test.each([['a b'], ['"quoted"'], ['x'.repeat(129)]])('is made anew in place of %j', async (given) => {
    const { query } = await startTiny();
    const { headers } = await query('{ hello }', {}, { 'x-request-id': given });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

test('the log has one line for each request, and nothing that the client sent but its operation name', async () => {
  const { query, url, lines } = await startTiny();
  await query(
    'query Greet($name: String!) { hello(name: $name) }',
    { name: 'hush1' },
    { authorization: 'hush2' },
  );
  await fetch(`${url}/graphql?query={hello(name:"hush3")}`, { headers: JSON_TYPE });
  await query('query Wrong { hello(name: "hush4") nothing }');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    reqId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    method: 'POST',
    path: '/graphql',
    status: 200,
    ms: expect.any(Number),
    operation: 'Greet',
    msg: 'request',
  });
  expect(lines[2]).toMatchObject({ codes: ['GRAPHQL_VALIDATION_FAILED'] });
  expect(JSON.stringify(lines)).not.toContain('hush');
});

test('the log tells of a client that went away', async () => {
  const { url, gate, lines } = await startTiny();
  const client = new AbortController();
  const asked = fetch(`${url}/graphql?query={waits}`, { headers: JSON_TYPE, signal: client.signal });
  await gate.reachedBy(1);
  client.abort();
  await expect(asked).rejects.toThrow('aborted');
  while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(lines).toMatchObject([{ level: 'info', method: 'GET', path: '/graphql' }]);
  expect(lines[0]?.['msg']).toBe('the client disconnected before it was answered');
});

describe('compression', () => {
  const ask = async (count: number, encoding: string) => {
    const { url } = await startTiny();
    return fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { ...JSON_TYPE, 'accept-encoding': encoding },
      body: JSON.stringify({ query: `{ many(count: ${count}) }` }),
    });
  };

  test.each([
    ['gzip', 'gzip'],
    ['br', 'br'],
    ['gzip, deflate, br', 'br'],
    ['identity', null],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0, *', null],
    ['*;q=0', null],
  ])('answers a client that takes %s with %s', async (accepted, encoding) => {
    const response = await ask(1000, accepted);
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('vary')).toBe('accept, accept-encoding, authorization');
    expect(((await response.json()) as { data: { many: string[] } }).data.many).toHaveLength(1000);
  });

  test('leaves small answers as they are', async () => {
    const response = await ask(1, 'gzip, br');
    expect(response.headers.get('content-encoding')).toBeNull();
  });
});

describe('CORS', () => {
  const preflight = (url: string, origin: string) =>
    fetch(`${url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,authorization',
      },
    });

  test('is silent by default', async () => {
    const { url, query } = await startTiny();
    const response = await preflight(url, 'https://a.example');
    expect(response.status).toBe(405);
    const { headers } = await query('{ hello }', {}, { origin: 'https://a.example' });
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('answers the preflight of an origin in the setting, and of no other', async () => {
    const { url } = await startTiny({ corsOrigins: ['https://a.example', 'https://b.example'] });
    const known = await preflight(url, 'https://b.example');
    expect(known.status).toBe(204);
    expect(known.headers.get('access-control-allow-origin')).toBe('https://b.example');
    expect(known.headers.get('access-control-allow-methods')).toBe('GET, POST');
    expect(known.headers.get('access-control-allow-headers')).toBe('content-type,authorization');
    expect(known.headers.get('vary')).toContain('Origin');
    const unknown = await preflight(url, 'https://evil.example');
    expect(unknown.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('tells caches that an answer belongs to one origin', async () => {
    const { query } = await startTiny({ corsOrigins: ['https://a.example', 'https://b.example'] });
    const { headers } = await query('{ hello }', {}, { origin: 'https://a.example' });
    expect(headers.get('access-control-allow-origin')).toBe('https://a.example');
    expect(headers.get('vary')).toBe('accept, accept-encoding, authorization, Origin');
  });

  test('lets every origin read where the setting is *, and never with credentials', async () => {
    const { query } = await startTiny({ corsOrigins: '*' });
    const { headers } = await query('{ hello }', {}, { origin: 'https://a.example' });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('access-control-expose-headers')).toBe(
      'x-request-id, retry-after, ratelimit, ratelimit-policy, www-authenticate, etag, allow',
    );
  });

  test('lets a page of another origin read errors of the transport too', async () => {
    const { url } = await startTiny({ corsOrigins: ['https://a.example'] });
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { ...JSON_TYPE, origin: 'https://a.example' },
      body: '{',
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://a.example');
  });
});

test.each(['/graphql', '/', '/health/live', '/nothing'])(
  'an answer of %s cannot be framed, run or sniffed',
  async (path) => {
    const { url } = await startTiny();
    const { headers } = await fetch(`${url}${path}`);
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-powered-by')).toBeNull();
  },
);
