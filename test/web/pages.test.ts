import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { openApps, send } from '../support/app.ts';
import { useForum } from './forum.ts';

const forum = useForum();
const asBrowser = { accept: 'text/html' };
const SLUG = 'tallybook-or-a-spreadsheet-for-a-three-person-shop';

test("a guest's page has an ETag, and changes with what it shows", async () => {
  const url = `${forum().app.url}/discussions/${SLUG}`;
  const first = await fetch(url, { headers: asBrowser });
  const etag = first.headers.get('etag') ?? '';
  expect(first.headers.get('cache-control')).toBe('no-cache');
  const again = await fetch(url, { headers: { ...asBrowser, 'if-none-match': etag } });
  // the minute may have changed in between, and with it the relative times
  expect([again.status, again.headers.get('etag') === etag]).toEqual([
    again.status === 304 ? 304 : 200,
    again.status === 304,
  ]);
  const { body } = await send(forum().app, `{ discussion(slug: "${SLUG}") { id } }`);
  const input = { discussionId: body.data.discussion.id, body: 'Changes the page.' };
  const mutation = 'mutation ($input: AddCommentInput!) { addComment(input: $input) { comment { id } } }';
  await send(forum().app, mutation, { key: (await forum().account('Changer')).token, variables: { input } });
  const changed = await fetch(url, { headers: { ...asBrowser, 'if-none-match': etag } });
  expect(changed.status).toBe(200);
  expect(await changed.text()).toContain('Changes the page.');
});

test("a member's page is stored by no shared cache and is not a guest's", async () => {
  const { token } = await forum().account('Private');
  const response = await fetch(forum().app.url, {
    headers: { ...asBrowser, cookie: `parley_session=${token}` },
  });
  expect(response.headers.get('cache-control')).toBe('private, no-cache');
  expect(response.headers.get('etag')).toBeNull();
  expect(await response.text()).toContain('Private');
  expect(await (await fetch(forum().app.url, { headers: asBrowser })).text()).not.toContain('Private');
});

test('pages run and load this server’s files alone, and are framed by nobody', async () => {
  const response = await fetch(forum().app.url, { headers: asBrowser });
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(response.headers.get('referrer-policy')).toBe('same-origin');
  const html = await response.text();
  expect(html).not.toMatch(
    /<script(?! type="(?:module" src="\/static\/|application\/ld\+json"))|<style|\son\w+=|style="/,
  );
});

test('a file of the build is sent compressed, for ever, and no other file is', async () => {
  const html = await (await fetch(forum().app.url, { headers: asBrowser })).text();
  const name = /\/static\/main-\w+\.js/.exec(html)?.[0] ?? '';
  const response = await fetch(forum().app.url + name, { headers: { 'accept-encoding': 'br' } });
  expect(response.headers.get('content-encoding')).toBe('br');
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  for (const other of ['/static/assets.json', '/static/..%2fserver.js', `${name}.br`])
    expect((await fetch(forum().app.url + other)).status).toBe(404);
});

test('FRONT_END=off: there are no pages, and programs and forms get what they got before', async () => {
  const apps = await openApps();
  try {
    const { url } = await apps.open({ FRONT_END: 'off' });
    expect((await fetch(`${url}/ask`, { headers: asBrowser })).status).toBe(404);
    expect((await fetch(`${url}/vote`, { method: 'POST', body: new URLSearchParams() })).status).toBe(404);
    expect(await (await fetch(url, { headers: asBrowser })).json()).toMatchObject({ graphql: '/graphql' });
  } finally {
    await apps.close();
  }
});

describe('what the API refuses', () => {
  test.each([
    ['NOT_FOUND', 404, null],
    ['RATE_LIMITED', 429, '7'],
    ['UNAVAILABLE', 503, '7'],
    ['FORBIDDEN', 403, null],
    ['INTERNAL_SERVER_ERROR', 500, null],
  ])('%s becomes a page with status %i', async (code, status, retryAfter) => {
    const { createFrontEnd } = await import(pathToFileURL(path.join(packageRoot, 'dist/web/server.js')).href);
    const errors = [
      { message: 'No.', extensions: { code, ...(retryAfter && { retryAfter: Number(retryAfter) }) } },
    ];
    const frontEnd = createFrontEnd(
      {
        askApi: async () => JSON.stringify({ data: null, errors }),
        siteName: 'Test',
        siteUrl: 'http://localhost',
        onFault: () => undefined,
      },
      pathToFileURL(path.join(packageRoot, 'dist/web/')),
    );
    const answer = await frontEnd.answer({ method: 'GET', url: '/', headers: {}, form: null, address: '' });
    expect(answer.status).toBe(status);
    expect(answer.headers['retry-after'] ?? null).toBe(retryAfter);
    expect(String(answer.body)).toMatch(/^<!doctype html>/);
    // an address that nothing has may have been that of a discussion
    const nowhere = await frontEnd.notFound({
      method: 'GET',
      url: '/x',
      headers: {},
      form: null,
      address: '',
    });
    expect(nowhere.status).toBe(status);
  });
});
