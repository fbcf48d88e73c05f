// The front end as the server serves it, without a browser.
import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/server/app.ts';
import { type Apps, openApps, send } from '../support/app.ts';
import { temporaryFolder } from '../support/database.ts';

let apps: Apps;
const folder = temporaryFolder();
beforeAll(async () => {
  apps = await openApps();
});
afterAll(async () => {
  await apps.close();
  folder.remove();
});

const open = (settings: Record<string, string> = {}) => apps.open({ FRONT_END: 'on', ...settings });
/** `fetch` would change the path. */
const raw = ({ url }: App, path: string, headers: Record<string, string> = {}) =>
  new Promise<{
    status: number | undefined;
    location: string | undefined;
    length: string | undefined;
    body: string;
  }>((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const sent = request(
      { hostname, port, path, headers: { accept: 'text/html', ...headers } },
      async (response) => {
        let body = '';
        for await (const chunk of response.setEncoding('utf8')) body += chunk;
        const { location, 'content-length': length } = response.headers;
        resolve({ status: response.statusCode, location, length, body });
      },
    );
    sent.on('error', reject).end();
  });
const get = ({ url }: App, path: string) =>
  fetch(url + path, { headers: { accept: 'text/html' }, redirect: 'manual' });

test('with trusted documents the pages are served, and their operations are still refused by HTTP', async () => {
  const file = folder.file('documents.json');
  writeFileSync(file, JSON.stringify({ one: '{ categories { totalCount } }' }));
  const app = await open({ TRUSTED_DOCUMENTS: file });
  for (const path of ['/', '/search?q=a', '/sign-in', '/authors/nobody'])
    expect([path, (await get(app, path)).status]).toEqual([path, path === '/authors/nobody' ? 404 : 200]);
  const { status, body } = await send(app, '{ viewer { id } }');
  expect([status, body.errors[0].extensions.code]).toEqual([403, 'DOCUMENT_NOT_TRUSTED']);
});

test.each([
  ['//', 200],
  ['///', 404],
  ['//evil.example/', 404],
  ['//[', 404],
  ['//:0/x', 404],
])('%s is no address of another site, and no fault', async (path, status) => {
  const answer = await raw(await open(), path);
  expect(answer.status).toBe(status);
  expect(answer.body).not.toContain('//evil.example');
});

test('a reader whose session has ended is redirected within the site', async () => {
  const { status, location } = await raw(await open(), '//', { cookie: 'parley_session=ended' });
  expect([status, location]).toEqual([303, '/']);
});

test.each(['/confirm-email', '/reset-password'])('no link of %s repeats its token', async (path) => {
  const html = await (await get(await open(), `${path}?token=the-secret`)).text();
  const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href);
  expect(links.some((href) => href.startsWith('/sign-in'))).toBe(true);
  expect(links.filter((href) => href.includes('the-secret'))).toEqual([]);
});

test('search engines may list lists, discussions, authors and the form for a question, and no other page', async () => {
  const app = await open({ EMBED_ORIGINS: 'https://site.example' });
  const input = { title: 'Listed?', body: 'By whom?' };
  const made = await send(
    app,
    `mutation ($input: CreateDiscussionInput!) {
      createDiscussion(input: $input) { discussion { author { id } } }
    }`,
    { key: await apps.key('Lister'), variables: { input } },
  );
  const author = `/authors/${made.body.data.createDiscussion.discussion.author.id}`;
  const isListed = async (path: string) => {
    const html = await (await get(app, path)).text();
    const tags = html.match(/<meta name="robots" content="noindex"\/>/g) ?? [];
    expect([path, tags.length <= 1]).toEqual([path, true]);
    return [path, tags.length === 0];
  };
  for (const path of ['/', '/discussions/listed', author, '/ask'])
    expect(await isListed(path)).toEqual([path, true]);
  for (const path of ['/search?q=a', '/sign-in', '/sign-up', '/forgot-password', '/embed?id=a', '/nothing'])
    expect(await isListed(path)).toEqual([path, false]);
  for (const path of ['/discussions/listed/history', '/discussions/listed/move', '/bookmarks', '/account'])
    expect(await isListed(path)).toEqual([path, false]);
});

test('pages may load images from IMAGE_HOSTS, and from no other host', async () => {
  const sources = async (settings: Record<string, string>) =>
    /img-src ([^;]*);/.exec(
      (await get(await open(settings), '/')).headers.get('content-security-policy') ?? '',
    )?.[1];
  expect(await sources({})).toBe("'self' data:");
  expect(await sources({ IMAGE_HOSTS: 'images.example, cdn.example:8443' })).toBe(
    "'self' data: https://images.example https://cdn.example:8443",
  );
});

test('browsers store no page that is private', async () => {
  const app = await open();
  const stored = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(app.url + path, { headers: { accept: 'text/html', ...headers } })).headers.get(
      'cache-control',
    );
  const email = 'reader@example.com';
  const made = await send(
    app,
    'mutation ($input: CreateAccountInput!) { createAccount(input: $input) { token } }',
    { variables: { input: { email, password: 'correct horse battery staple', name: 'Ria' } } },
  );
  const cookie = `parley_session=${made.body.data.createAccount.token}`;
  for (const path of ['/account', '/account/security', '/account/api-keys', '/account/', '/bookmarks'])
    expect([path, await stored(path, { cookie })]).toEqual([path, 'no-store']);
  for (const path of ['/reset-password?token=a', '/confirm-email?token=a'])
    expect([path, await stored(path)]).toEqual([path, 'no-store']);
  expect(await stored('/', { cookie })).toBe('private, no-cache');
  expect(await stored('/')).toBe('no-cache');

  const out = await fetch(`${app.url}/sign-out`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'key=k',
    redirect: 'manual',
  });
  expect([out.status, out.headers.get('clear-site-data')]).toEqual([303, '"cache", "storage"']);
  expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
});

test.each([
  ['js', 15_000],
  ['css', 12_000],
])('all pages together need one .%s file of at most %i bytes, compressed', async (type, bytesMax) => {
  const html = await (await get(await open(), '/')).text();
  const paths = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
  const files = paths.filter((path) => path.endsWith(`.${type}`));
  expect(files).toHaveLength(1);
  const answer = await raw(await open(), files[0] ?? '', { 'accept-encoding': 'gzip' });
  expect(Number(answer.length)).toBeGreaterThan(0);
  expect(Number(answer.length)).toBeLessThanOrEqual(bytesMax);
});
