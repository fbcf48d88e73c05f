// A discussion in a page of another site: the page is at `localhost`, the forum at 127.0.0.1, which is another site.
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { axeFindings, overflowOf } from './axe.ts';
import { useForum } from './forum.ts';
import { frameOf, useHosts } from './hosts.ts';

const forum = useForum();
const hosts = useHosts(forum);

test('the script has less than 5 kB, and the scripts of a frame less than 15 kB, compressed', async () => {
  const { app } = hosts();
  const bytes = async (path: string) => Buffer.from(await (await fetch(app.url + path)).arrayBuffer());
  expect((await bytes('/embed.js')).length).toBeLessThan(5000);
  const html = (await bytes('/embed?id=size')).toString();
  const scripts = [...html.matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, src = '']) => src);
  expect(scripts).toHaveLength(2);
  const sizes = await Promise.all(scripts.map(async (src) => gzipSync(await bytes(src)).length));
  expect((sizes[0] ?? 0) + (sizes[1] ?? 0)).toBeLessThan(15_000);
});

test('only EMBED_ORIGINS may embed, and only /embed; without the setting there is nothing', async () => {
  const { app, host } = hosts();
  const policy = async (url: string) => {
    const { status, headers } = await fetch(url, { headers: { accept: 'text/html' } });
    const ancestors = /frame-ancestors ([^;]*)/.exec(headers.get('content-security-policy') ?? '')?.[1];
    return [status, ancestors, headers.get('x-frame-options')];
  };
  expect(await policy(`${app.url}/embed?id=a`)).toEqual([200, host, null]);
  for (const path of ['/', '/sign-in?return=/embed?id=a', '/embed/signed-in?key=a'])
    expect(await policy(app.url + path)).toEqual([200, "'none'", 'DENY']);
  for (const path of ['/embed?id=a', '/embed.js', '/embed/signed-in'])
    expect((await policy(forum().app.url + path))[0]).toBe(404);
});

test('without a signature the reader starts the discussion, and a reserved key has no form', async () => {
  const { host, pages, script, found } = hosts();
  pages.set('/open', script('data-external-id="page-2" data-title="Page two"'));
  pages.set(
    '/reserved',
    script('data-external-id="host:page-3" data-title="Page three" data-signature="00"'),
  );
  const account = await forum().account('Otto');
  const { page } = await forum().open();
  await page.goto(`${host}/open`);
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
  await page.goto(`${host}/reserved`);
  await frame.getByText('Comments are not open yet.').waitFor();
  expect(await frame.getByRole('textbox').count()).toBe(0);
});

test('several on a page size themselves, follow theme and language, and leave nothing behind', async () => {
  const { app, host, pages, script } = hosts();
  pages.set('/two', `${script('data-external-id="a" data-theme="light"')}${script('data-external-id="b"')}`);
  const { page, complaints } = await forum().open({ colorScheme: 'light' });
  await page.goto(`${host}/two`);
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
    !line.startsWith(`requests ${host}`) && !line.startsWith(`requests ${app.url}`);
  expect(complaints.filter(foreign)).toEqual([]);
});

test('a page of another origin is refused the frame, and its messages do nothing', async () => {
  const { app, host, hostile, pages, script, found } = hosts();
  const account = await forum().account('Vic');
  pages.set('/hostile', `${script('data-external-id="page-2"')}`);
  const { page } = await forum().open({ colorScheme: 'light' });
  await page.goto(`${hostile}/hostile`);
  await page.locator('iframe').waitFor();
  await page.waitForFunction(`document.querySelector('iframe') !== null`);
  await expect.poll(() => page.frames().map((one) => one.url())).toContain('chrome-error://chromewebdata/');
  // a window that it opens contains the frame: it is the host's own page
  pages.set('/theirs', script('data-external-id="page-2"'));
  const [theirs] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate(`{ globalThis.theirs = open('${host}/theirs') }`),
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
  for (const headers of [{ origin: hostile }, {}, { origin: 'null' }]) {
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
  const { app, host, pages, script } = hosts();
  const account = await forum().account('Tove');
  pages.set('/token', script('data-external-id="page-2" data-theme="dark"'));
  const { page } = await forum().open({ colorScheme: 'light' });
  await page.goto(`${host}/token`);
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

test('null before the frame is ready ends the session of the reader before, and not the next one of the frame', async () => {
  const { app, host, pages, script } = hosts();
  const account = await forum().account('Before');
  const early = (token: string | null) => `${script('data-external-id="page-early"')}<script>
    customElements.whenDefined('parley-discussion').then(() =>
      document.querySelector('parley-discussion').setToken(${JSON.stringify(token)}))</script>`;
  pages.set('/early', early(account.token));
  pages.set('/early-null', early(null));
  const { page } = await forum().open();
  await page.goto(`${host}/early`);
  const frame = frameOf(page);
  await frame.getByRole('button', { name: 'Sign out' }).waitFor();
  await page.goto(`${host}/early-null`);
  await frame.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  const hasSession = async () =>
    (await page.context().cookies(app.url)).some(({ name }) => name === 'parley_embed');
  await expect.poll(hasSession).toBe(false);
  // as the window in which a reader signs in does
  await frame.locator('body').evaluate(async (_body, token) => {
    await fetch('/embed/session', {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ token, return: '/embed?id=page-early' }),
    });
  }, account.token);
  for (let loaded = 0; loaded < 2; loaded++) {
    await Promise.all([
      page.waitForEvent('framenavigated'),
      page.evaluate(`document.querySelector('iframe').src += '&again=${loaded}'`),
    ]);
    await frame.getByRole('button', { name: 'Sign out' }).waitFor();
  }
  expect(await hasSession()).toBe(true);
});

test.each(['light', 'dark'] as const)(
  'in %s axe finds nothing in a frame that leads to the sign-in, at 320 pixels',
  async (colorScheme) => {
    const { app } = hosts();
    const { page } = await forum().open({ colorScheme, viewport: { width: 320, height: 600 } });
    await page.goto(`${app.url}/embed?id=nothing-yet`);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
  },
);
