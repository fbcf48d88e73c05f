// /mcp as HTTP: who may use it, what is refused, and that nothing remains between messages.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/server/app.ts';
import { type Apps, openApps } from '../support/app.ts';
import { connectClient, SPECIFICATIONS } from './clients.ts';

const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };
const SECRET = 'a-secret-of-at-least-thirty-two-bytes-for-tests';

const post = (app: App, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/mcp`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const callOf = (name: string, args: object) => ({
  ...LIST,
  method: 'tools/call',
  params: { name, arguments: args },
});
const codeOf = async (response: Response) =>
  ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code;

describe('/mcp', () => {
  let apps: Apps;
  let app: App;
  beforeAll(async () => {
    apps = await openApps();
    app = await apps.open({
      SITE_URL: 'https://forum.example/community',
      CORS_ORIGINS: 'https://app.example',
      BODY_BYTES_MAX: '4096',
    });
  });
  afterAll(() => apps.close());

  test.each([
    ['no origin', undefined, 200],
    ["the site's", 'https://forum.example', 200],
    ['one of CORS_ORIGINS', 'https://app.example', 200],
    ['a foreign one', 'https://evil.example', 403],
    ['a foreign port', 'https://forum.example:8443', 403],
    ['none, as sandboxed pages send it', 'null', 403],
  ])('answers pages of %s', async (_case, origin, status) => {
    const response = await post(app, LIST, origin === undefined ? {} : { origin });
    expect(response.status).toBe(status);
    expect(response.headers.get('cache-control')).toBe('no-store');
    if (status === 403) expect(await codeOf(response)).toBe('FORBIDDEN');
  });

  test.each([
    ['unknown', 'Bearer prl_unknown'],
    ['another scheme', 'Basic YTpi'],
    ['empty', 'Bearer '],
  ])('refuses a credential that is %s with 401, without a way to sign in', async (_case, authorization) => {
    for (const body of [LIST, callOf('search_discussions', { query: 'a' })]) {
      const response = await post(app, body, { authorization });
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([
        401,
        'Bearer error="invalid_token"',
      ]);
      expect(await codeOf(response)).toBe('UNAUTHENTICATED');
    }
    expect((await fetch(`${app.url}/.well-known/oauth-protected-resource/mcp`)).status).toBe(404);
  });

  test.each(SPECIFICATIONS)(
    'lets a client of %s know that its credential is invalid',
    async (specification) => {
      await expect(connectClient(specification, app.url, 'prl_unknown')).rejects.toThrow(
        /UNAUTHENTICATED|HTTP 401/,
      );
    },
  );

  test.each([
    ['a batch', [LIST, LIST], {}, 400, 'BATCHING_NOT_SUPPORTED'],
    ['what is not JSON', '{', {}, 400, 'BAD_REQUEST'],
    ['a large body', { ...LIST, more: 'x'.repeat(5000) }, {}, 413, 'BAD_REQUEST'],
    ['another media type', LIST, { 'content-type': 'text/plain' }, 415, 'BAD_REQUEST'],
  ])('refuses %s', async (_case, body, headers, status, code) => {
    const response = await post(app, body, headers);
    expect([response.status, await codeOf(response)]).toEqual([status, code]);
  });

  test('has no sessions and no streams', async () => {
    for (const method of ['GET', 'DELETE']) {
      const response = await fetch(`${app.url}/mcp`, { method, headers: { accept: 'text/event-stream' } });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    }
    const initialized = await post(app, {
      ...{ jsonrpc: '2.0', id: 1, method: 'initialize' },
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
    });
    expect(initialized.headers.get('mcp-session-id')).toBeNull();
    // any instance answers any message: none needs the first one
    expect((await post(app, LIST)).status).toBe(200);
  });

  test('is switched off by MCP=off', async () => {
    const closed = await apps.open({ MCP: 'off' });
    expect((await post(closed, LIST)).status).toBe(404);
    const guideOf = async ({ url }: { url: string }) => (await fetch(`${url}/llms.txt`)).text();
    expect(await guideOf(app)).toContain('/mcp)');
    expect(await guideOf(closed)).toContain('/graphql)');
    expect(await guideOf(closed)).not.toContain('/mcp)');
  });

  test('sends its operations where only trusted documents are answered', async () => {
    const { writeFile, rm } = await import('node:fs/promises');
    const { tmpdir } = await import('node:os');
    const file = `${tmpdir()}/parley-trusted-${process.pid}.json`;
    await writeFile(file, JSON.stringify({ one: '{ viewer { id } }' }));
    const trusting = await apps.open({ TRUSTED_DOCUMENTS: file });
    await rm(file);
    const client = await connectClient('2026-07-28', trusting.url);
    expect((await client.call('search_discussions', { query: 'a' })).data.totalCount).toBe(0);
    await client.close();
  });

  test('counts the operations of a client as those of /graphql', async () => {
    const limited = await apps.open({ RATE_LIMITS: 'on', QUERY_POINTS_PER_MINUTE: '20' });
    const client = await connectClient('2026-07-28', limited.url, await apps.key('Ada'));
    const results = [];
    for (let n = 0; n < 21; n++) results.push(await client.call('search_discussions', { query: 'a' }));
    const refused = results.filter(({ isError }) => isError);
    expect(refused.length).toBeGreaterThan(0);
    for (const { error, text } of refused) {
      expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
      expect(text).toMatch(/^RATE_LIMITED: .*try again after \d+ s/);
    }
    await client.close();
  });

  test('limits the messages of an address, also those that take no operation', async () => {
    const limited = await apps.open({ RATE_LIMITS: 'on' });
    const statuses = new Map<number, number>();
    for (let n = 0; n < 601; n++) {
      const { status } = await post(limited, [], {});
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(Object.fromEntries(statuses)).toEqual({ 400: 600, 429: 1 });
    expect((await post(limited, LIST)).headers.get('retry-after')).toMatch(/^\d+$/);
  });
});

describe('/mcp with an identity provider', () => {
  let apps: Apps;
  beforeAll(async () => {
    apps = await openApps();
  });
  afterAll(() => apps.close());

  const JWT = { JWT_SECRETS: SECRET, JWT_AUDIENCE: 'forum' };

  test('names it to guests who write and for invalid credentials, not to guests who read', async () => {
    const app = await apps.open({
      ...JWT,
      JWT_ISSUER: 'https://id.example',
      SITE_URL: 'https://forum.example',
      SITE_NAME: 'Help',
    });
    const url = 'https://forum.example/.well-known/oauth-protected-resource/mcp';
    const write = callOf('vote', { subjectId: 'D_1', direction: 'UP' });
    const guest = await post(app, write);
    expect([guest.status, guest.headers.get('www-authenticate')]).toEqual([
      401,
      `Bearer resource_metadata="${url}"`,
    ]);
    const wrong = await post(app, LIST, { authorization: 'Bearer a.b.c' });
    expect([wrong.status, wrong.headers.get('www-authenticate')]).toEqual([
      401,
      `Bearer error="invalid_token", resource_metadata="${url}"`,
    ]);
    expect((await post(app, callOf('search_discussions', { query: 'a' }))).status).toBe(200);
    for (const path of ['', '/mcp']) {
      const metadata = await fetch(`${app.url}/.well-known/oauth-protected-resource${path}`);
      expect(await metadata.json()).toEqual({
        resource: 'https://forum.example/mcp',
        authorization_servers: ['https://id.example'],
        bearer_methods_supported: ['header'],
        resource_name: 'Help',
      });
    }
  });

  test('has no metadata if the issuer is not a URL that clients could follow', async () => {
    const app = await apps.open({ ...JWT, JWT_ISSUER: 'our-provider' });
    expect((await fetch(`${app.url}/.well-known/oauth-protected-resource`)).status).toBe(404);
    const wrong = await post(app, LIST, { authorization: 'Bearer a.b.c' });
    expect(wrong.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
  });
});
