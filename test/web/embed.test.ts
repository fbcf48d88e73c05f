// A discussion in a page of another site: the page is at `localhost`, the forum at 127.0.0.1, which is another site.
import { createHmac } from 'node:crypto';
import type { Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/server/app.ts';
import { send } from '../support/app.ts';
import { axeFindings, overflowOf } from './axe.ts';
import { useForum } from './forum.ts';
import { originOf, startHost } from './hosts.ts';

const forum = useForum();
let app: App;
let apiKey: string;
let host: Server;
let hostile: Server;
/** The pages of the host, by path. */
const pages = new Map<string, string>();

beforeAll(async () => {
  [host, hostile] = await Promise.all([startHost(pages), startHost(pages)]);
  apiKey = await forum().admin();
  app = await forum().apps.open({
    FRONT_END: 'on',
    RATE_LIMITS: 'off',
    EMBED_ORIGINS: originOf(host),
    EMBED_API_KEY: apiKey,
  });
});
afterAll(() => {
  host.close();
  hostile.close();
});

const script = (attributes: string) =>
  `<script src="${app.url}/embed.js" ${attributes} data-height="200" async></script>`;
const signatureOf = (id: string, title: string) =>
  createHmac('sha256', apiKey).update(`${id}\n${title}`).digest('hex');
const found = async (externalId: string) =>
  (
    await send(
      app,
      `{ discussion(externalId: "${externalId}") { title author { name } comments(first: 5) { nodes { bodyHTML } } } }`,
    )
  ).body.data?.discussion;
const frameOf = (page: Awaited<ReturnType<ReturnType<typeof forum>['open']>>['page'], at = 0) =>
  page.frameLocator('iframe').nth(at);

test('the script has less than 5 kB, and the scripts of a frame less than 15 kB, compressed', async () => {
  const bytes = async (path: string) => Buffer.from(await (await fetch(app.url + path)).arrayBuffer());
  expect((await bytes('/embed.js')).length).toBeLessThan(5000);
  const html = (await bytes('/embed?id=size')).toString();
  const scripts = [...html.matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, src = '']) => src);
  expect(scripts).toHaveLength(2);
  const sizes = await Promise.all(scripts.map(async (src) => gzipSync(await bytes(src)).length));
  expect((sizes[0] ?? 0) + (sizes[1] ?? 0)).toBeLessThan(15_000);
});

test('only EMBED_ORIGINS may embed, and only /embed; without the setting there is nothing', async () => {
  const policy = async (url: string) => {
    const { status, headers } = await fetch(url, { headers: { accept: 'text/html' } });
    const ancestors = /frame-ancestors ([^;]*)/.exec(headers.get('content-security-policy') ?? '')?.[1];
    return [status, ancestors, headers.get('x-frame-options')];
  };
  expect(await policy(`${app.url}/embed?id=a`)).toEqual([200, originOf(host), null]);
  for (const path of ['/', '/sign-in?return=/embed?id=a', '/embed/signed-in?key=a'])
    expect(await policy(app.url + path)).toEqual([200, "'none'", 'DENY']);
  for (const path of ['/embed?id=a', '/embed.js', '/embed/signed-in'])
    expect((await policy(forum().app.url + path))[0]).toBe(404);
});

test('a guest writes, signs in in a window, and the first comment starts the discussion of the signed page', async () => {
  const id = 'host:article-1';
  pages.set(
    '/article',
    script(
      `data-external-id="${id}" data-title="Article one" data-signature="${signatureOf(id, 'Article one')}"`,
    ),
  );
  const account = await forum().account('Emma');
  const { page } = await forum().open();
  await page.goto(`${originOf(host)}/article`);
  const frame = frameOf(page);
  await frame.getByText('No comments yet.').waitFor();
  expect(await found(id)).toBeNull();
  await frame.getByRole('textbox').fill('The **first** comment.');
  await frame.getByRole('button', { name: 'Sign in and post' }).click();
  const [window] = await Promise.all([
    page.waitForEvent('popup'),
    frame.getByRole('link', { name: 'Sign in' }).click(),
  ]);
  await window.getByLabel('E-mail address').fill(account.email);
  await window.getByLabel('Password').fill(account.password);
  await window.getByRole('button', { name: 'Sign in', exact: true }).click();
  await frame.locator('.prose strong', { hasText: 'first' }).waitFor();
  await frame.getByText('Emma').first().waitFor();
  const discussion = await found(id);
  expect([discussion.title, discussion.author.name]).toEqual(['Article one', 'Ada Admin']);
  expect(discussion.comments.nodes).toHaveLength(1);
  // the cookie is the frame's in pages of this site alone, and no script reads it
  const cookies = await page.context().cookies();
  const own = cookies.find(({ name }) => name === 'parley_embed');
  expect([own?.httpOnly, own?.secure, own?.sameSite]).toEqual([true, true, 'None']);
  await page.reload();
  await frame.getByRole('button', { name: /^Vote up/ }).waitFor();
  await frame.getByRole('button', { name: 'Sign out' }).click();
  await frame.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
});

test('without a signature the reader starts the discussion, and a reserved key has no form', async () => {
  pages.set('/open', script('data-external-id="page-2" data-title="Page two"'));
  pages.set(
    '/reserved',
    script('data-external-id="host:page-3" data-title="Page three" data-signature="00"'),
  );
  const account = await forum().account('Otto');
  const { page } = await forum().open();
  await page.goto(`${originOf(host)}/open`);
  const frame = frameOf(page);
  await frame.getByText('No comments yet.').waitFor();
  // the host's own token
  await page.evaluate(
    `document.querySelector('parley-discussion').setToken(${JSON.stringify(account.token)})`,
  );
  await frame.getByText('Otto').waitFor();
  await frame.getByRole('textbox').fill('I start it.');
  await frame.getByRole('button', { name: 'Post comment' }).click();
  await frame.locator('.prose', { hasText: 'I start it.' }).waitFor();
  expect((await found('page-2')).author.name).toBe('Otto');
  await page.goto(`${originOf(host)}/reserved`);
  await frame.getByText('Comments are not open yet.').waitFor();
  expect(await frame.getByRole('textbox').count()).toBe(0);
});

test('several on a page size themselves, follow theme and language, and leave nothing behind', async () => {
  pages.set('/two', `${script('data-external-id="a" data-theme="light"')}${script('data-external-id="b"')}`);
  const { page, complaints } = await forum().open({ colorScheme: 'light' });
  await page.goto(`${originOf(host)}/two`);
  for (const at of [0, 1]) await frameOf(page, at).getByText('No comments yet.').waitFor();
  await page.waitForFunction(
    `[...document.querySelectorAll('iframe')].every((one) => one.style.height !== '200px')`,
  );
  const ground = () =>
    frameOf(page)
      .locator('body')
      .evaluate((body) => globalThis.getComputedStyle(body as never).backgroundColor);
  const light = await ground();
  await page.evaluate(`document.querySelector('parley-discussion').dataset.theme = 'dark'`);
  await frameOf(page).locator('html[data-theme=dark]').waitFor();
  expect(await ground()).not.toBe(light);
  await page.evaluate(`document.querySelector('parley-discussion').dataset.language = 'de'`);
  await frameOf(page).getByText('Noch keine Kommentare.').waitFor();
  await frameOf(page).locator('html[data-theme=dark]').waitFor();
  await page.evaluate(`document.querySelectorAll('parley-discussion').forEach((one) => one.remove())`);
  expect(await page.locator('iframe').count()).toBe(0);
  const foreign = (line: string) =>
    !line.startsWith(`requests ${originOf(host)}`) && !line.startsWith(`requests ${app.url}`);
  expect(complaints.filter(foreign)).toEqual([]);
});

test('a page of another origin is refused the frame, and its messages do nothing', async () => {
  const account = await forum().account('Vic');
  pages.set('/hostile', `${script('data-external-id="page-2"')}`);
  const { page } = await forum().open({ colorScheme: 'light' });
  await page.goto(`${originOf(hostile)}/hostile`);
  await page.locator('iframe').waitFor();
  await page.waitForFunction(`document.querySelector('iframe') !== null`);
  await expect.poll(() => page.frames().map((one) => one.url())).toContain('chrome-error://chromewebdata/');
  // a window that it opens contains the frame: it is the host's own page
  pages.set('/theirs', script('data-external-id="page-2"'));
  const [theirs] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate(`{ globalThis.theirs = open('${originOf(host)}/theirs') }`),
  ]);
  const inside = frameOf(theirs);
  await inside.locator('.prose').first().waitFor();
  await theirs.waitForFunction(`document.querySelector('iframe').style.height !== '200px'`);
  await page.evaluate(`{
    const send = (message) => theirs[0].postMessage({ parley: 1, ...message }, '*');
    send({ type: 'token', token: '${account.token}' });
    send({ type: 'language', language: 'de' });
    theirs.postMessage({ parley: 1, type: 'height', height: 9 }, '*');
  }`);
  // the host's own message, sent after them
  await theirs.evaluate(`document.querySelector('parley-discussion').dataset.theme = 'dark'`);
  await inside.locator('html[data-theme=dark]').waitFor();
  await inside.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  expect(await inside.locator('html').getAttribute('lang')).toBe('en');
  expect(await theirs.evaluate(`document.querySelector('iframe').style.height`)).not.toBe('9px');
  // nor can it read, or send anything as a reader with a session of a frame
  const cookie = `parley_embed=${account.token}`;
  const form = new URLSearchParams({ return: '/embed?id=page-2', body: 'spam', intent: 'post' });
  const url = `${app.url}/embed/comments/cGFnZS0y`;
  for (const headers of [{ origin: originOf(hostile) }, {}, { origin: 'null' }]) {
    const { status } = await fetch(url, {
      method: 'POST',
      headers: { ...headers, cookie },
      body: form,
      redirect: 'manual',
    });
    expect(status).toBe(403);
  }
  expect((await found('page-2')).comments.nodes).toHaveLength(1);
  const others = await fetch(`${app.url}/account`, {
    headers: { accept: 'text/html', cookie },
    redirect: 'manual',
  });
  expect(others.status).toBe(401);
});

test('a token signs in where there are comments and another theme, and null signs out of it alone', async () => {
  const account = await forum().account('Tove');
  pages.set('/token', script('data-external-id="page-2" data-theme="dark"'));
  const { page } = await forum().open({ colorScheme: 'light' });
  await page.goto(`${originOf(host)}/token`);
  const frame = frameOf(page);
  await frame.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  const setToken = (token: string | null) =>
    page.evaluate(`document.querySelector('parley-discussion').setToken(${JSON.stringify(token)})`);
  await setToken(account.token);
  await frame.getByRole('button', { name: 'Sign out' }).waitFor();
  await setToken(null);
  await frame.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  // in a page of the forum's own site, the reader's session of the forum stays
  const cookie = `parley_session=${account.token}`;
  const form = new URLSearchParams({ token: '', return: '/embed?id=page-2' });
  const answer = await fetch(`${app.url}/embed/session`, {
    method: 'POST',
    headers: { cookie, accept: 'application/json', origin: app.url },
    body: form,
  });
  expect(await answer.json()).toEqual({ isChanged: false });
  expect(answer.headers.get('set-cookie')).toBeNull();
});

test.each(['light', 'dark'] as const)(
  'in %s axe finds nothing in a frame, at 320 pixels',
  async (colorScheme) => {
    const { page } = await forum().open({ colorScheme, viewport: { width: 320, height: 600 } });
    for (const id of ['page-2', 'host:article-1', 'nothing-yet', 'host:reserved']) {
      await page.goto(`${app.url}/embed?id=${id}`);
      expect([id, await axeFindings(page), await overflowOf(page)]).toEqual([id, [], 0]);
    }
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  },
);
