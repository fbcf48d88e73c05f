// What the script of a frame sends, and what becomes of the frame's session.

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import type { App } from '../../src/server/app.ts';
import { type Apps, openApps } from '../support/app.ts';

const FRAME = '/embed?id=page&host=https%3A%2F%2Fwww.example.com';
const ENDED = /^parley_embed=; Path=\/; Max-Age=0;/;

let apps: Apps;
let app: App;
beforeAll(async () => {
  apps = await openApps();
  app = await apps.open({ FRONT_END: 'on', EMBED_ORIGINS: 'https://www.example.com' });
});
afterAll(() => apps.close());

/** Sends a token, as the page around the frame does. `cookie`: the reader's. */
async function sendToken(token: string, here: string, cookie = '') {
  const response = await fetch(`${app.url}/embed/session`, {
    method: 'POST',
    headers: { cookie, origin: app.url, accept: 'application/json' },
    body: new URLSearchParams({ token, return: here }),
  });
  return { status: response.status, data: await response.json(), cookies: response.headers.getSetCookie() };
}

test('without the address of a frame, neither is a sign-out confirmed nor the session of the forum replaced', async () => {
  const [own, token] = [await apps.key('Reader of the forum'), await apps.key('Of the host')];
  const cookie = `parley_session=${own}; parley_embed=${token}`;
  for (const here of ['', '/', '/sign-in'])
    for (const sent of ['', token])
      expect(await sendToken(sent, here, cookie)).toEqual({
        ...{ status: 422, data: { isChanged: false }, cookies: [] },
      });
});

test('an error page in a frame leads back, and its script knows which page it is in', async () => {
  const cookie = `parley_embed=${await apps.key('Voter')}`;
  const response = await fetch(`${app.url}/vote`, {
    method: 'POST',
    headers: { origin: app.url, cookie, accept: 'text/html' },
    body: new URLSearchParams({ return: FRAME, UP: 'C_none' }),
  });
  expect(response.status).toBe(404);
  const html = await response.text();
  const escaped = FRAME.replaceAll('&', '&amp;');
  expect(html).toContain(`<input type="hidden" name="return" value="${escaped}"`);
  expect(html).toContain(`<a href="${escaped}" target="_self">Go back to the comments</a>`);
});

test('a session of a frame that has ended leaves that of the forum', async () => {
  const cookie = `parley_session=${await apps.key('Reader of the forum')}; parley_embed=ended`;
  const headers = { cookie, origin: app.url, accept: 'text/html' };
  const page = await fetch(app.url + FRAME, { headers, redirect: 'manual' });
  expect([page.status, page.headers.getSetCookie()]).toEqual([303, [expect.stringMatching(ENDED)]]);
  const body = new URLSearchParams({ return: FRAME, UP: 'C_none' });
  const form = await fetch(`${app.url}/vote`, { method: 'POST', headers, body, redirect: 'manual' });
  const key = expect.stringContaining('parley_embed_key=');
  expect([form.status, form.headers.getSetCookie()]).toEqual([401, [expect.stringMatching(ENDED), key]]);
});

test.each([
  ['nobody’s', 'nobody', 401],
  ['no token', 'ä', 422],
  ['too long', 'x'.repeat(3801), 422],
])('a refused token (%s) ends the session of the reader before', async (_what, token, status) => {
  const before = `parley_embed=${await apps.key('Before')}`;
  const ended = { status, data: { isChanged: true }, cookies: [expect.stringMatching(ENDED)] };
  expect(await sendToken(token, FRAME, before)).toEqual(ended);
  expect(await sendToken(token, FRAME)).toEqual({ status, data: { isChanged: false }, cookies: [] });
});

interface FrontEndModule {
  createFrontEnd(options: object, folder: URL): { answer(request: object): Promise<{ status: number }> };
}

test.each([
  ['RATE_LIMITED', 429],
  ['UNAVAILABLE', 503],
])('a session of a frame stays while the API answers %s', async (code, status) => {
  const build = pathToFileURL(path.join(packageRoot, 'dist/web/'));
  const { createFrontEnd }: FrontEndModule = await import(new URL('server.js', build).href);
  const errors = [{ message: 'Not now.', extensions: { code } }];
  const frontEnd = createFrontEnd(
    {
      askApi: async () => JSON.stringify({ data: null, errors }),
      ...{ siteName: 'Test', siteUrl: 'http://127.0.0.1', onFault: () => undefined },
      embedding: { origins: ['https://www.example.com'], apiKey: null },
    },
    build,
  );
  const answer = await frontEnd.answer({
    ...{ method: 'POST', url: '/embed/session', address: '' },
    headers: { origin: 'http://127.0.0.1', cookie: 'parley_embed=before', accept: 'application/json' },
    form: `${new URLSearchParams({ token: 'next', return: FRAME })}`,
  });
  expect(answer).toMatchObject({
    status,
    headers: expect.not.objectContaining({ 'set-cookie': expect.anything() }),
  });
});
