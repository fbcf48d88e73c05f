// The front end behind a proxy that ends TLS, as operators run it.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startBrowser } from '../browser/chromium.ts';
import { type Apps, openApps, send } from '../support/app.ts';
import { temporaryFolder } from '../support/database.ts';

const PASSWORD = 'correct horse battery staple';
const folder = temporaryFolder();

let apps: Apps;
let browser: Browser;
let proxy: Server;
/** The forum as browsers reach it. */
let site: string;
let forumUrl: string;
/** The Set-Cookie headers that the forum has sent. */
const cookies: string[] = [];

beforeAll(async () => {
  proxy = createServer(certificate());
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  site = `https://localhost:${(proxy.address() as AddressInfo).port}`;
  apps = await openApps();
  const app = await apps.open({ FRONT_END: 'on', SITE_URL: site, TRUST_PROXY: '127.0.0.1' });
  forumUrl = app.url;
  proxy.on('request', (from, to) => {
    const headers = {
      ...from.headers,
      'x-forwarded-for': from.socket.remoteAddress,
      'x-forwarded-proto': 'https',
    };
    const passed = request(app.url + from.url, { method: from.method, headers }, (answer) => {
      cookies.push(...(answer.headers['set-cookie'] ?? []));
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    from.pipe(passed);
  });
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  proxy.closeAllConnections();
  proxy.close();
  await apps.close();
  folder.remove();
});

/** Made for this test alone. */
function certificate(): { key: Buffer; cert: Buffer } {
  const [key, cert] = [folder.file('key.pem'), folder.file('cert.pem')];
  const what = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...what, '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

async function openPage() {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  onTestFinished(() => context.close());
  return { context, page: await context.newPage() };
}

async function account(): Promise<string> {
  const email = `tls-${cookies.length}-${process.pid}@example.com`;
  const query = 'mutation ($input: CreateAccountInput!) { createAccount(input: $input) { token } }';
  await send({ url: forumUrl, close: async () => {} }, query, {
    variables: { input: { email, password: PASSWORD, name: 'Tilla Secure' } },
  });
  return email;
}

test('the session is a __Host- cookie that is sent over TLS alone, and ends with the sign-out', async () => {
  const email = await account();
  const { context, page } = await openPage();
  await page.goto(`${site}/sign-in`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('Tilla Secure').first().waitFor();
  const [session, ...others] = await context.cookies();
  expect(others).toEqual([]);
  expect(session).toMatchObject({
    ...{ name: '__Host-parley_session', domain: 'localhost', path: '/' },
    ...{ httpOnly: true, secure: true, sameSite: 'Lax' },
  });
  expect(cookies.at(-1)).toMatch(
    /^__Host-parley_session=[^;]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/,
  );
  expect(await page.evaluate('isSecureContext && document.cookie')).toBe('');

  await page.locator('summary', { hasText: 'Tilla Secure' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
  expect(await context.cookies()).toEqual([]);
});

test('a language that a reader chooses is sent over TLS alone too', async () => {
  const { context, page } = await openPage();
  await page.goto(site);
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await page.locator('html[lang=de]').waitFor();
  const [language] = await context.cookies();
  expect(language).toMatchObject({ name: 'parley_language', value: 'de', secure: true, httpOnly: true });
});

test('over TLS a cookie without the prefix is no session: a neighbouring host could have set it', async () => {
  const key = await apps.key('Prefixed');
  const shown = async (cookie: string) =>
    (await (await fetch(forumUrl, { headers: { accept: 'text/html', cookie } })).text()).includes('Prefixed');
  expect(await shown(`__Host-parley_session=${key}`)).toBe(true);
  expect(await shown(`parley_session=${key}`)).toBe(false);
});

test('forms are accepted from the public origin, and not from one without TLS', async () => {
  const cookie = `__Host-parley_session=${await apps.key('Former')}`;
  const body = new URLSearchParams({ language: 'de', return: '/ask' });
  const post = (origin: string) =>
    fetch(`${forumUrl}/appearance`, {
      method: 'POST',
      headers: { cookie, origin },
      body,
      redirect: 'manual',
    });
  const accepted = await post(site);
  expect([accepted.status, accepted.headers.get('location')]).toEqual([303, '/ask']);
  expect((await post(site.replace('https:', 'http:'))).status).toBe(403);
});
