// What browsers see of requests that are refused before a page is made. Programs get JSON.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTiny } from '../server/tiny-server.ts';
import { type Apps, openApps } from '../support/app.ts';

const HTML = 'text/html,application/xhtml+xml';
const SENT = new URLSearchParams({
  key: 'form-key',
  title: 'A <b>title</b>',
  body: '\nFirst line\r\n"quoted" & </textarea><script>',
  intent: 'post',
});

let apps: Apps;
beforeAll(async () => {
  apps = await openApps();
});
afterAll(() => apps.close());

/** `fetch` would change the path. */
function raw(url: string, path: string, headers: Record<string, string>): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, headers }, async (response) => {
      let body = '';
      for await (const chunk of response.setEncoding('utf8')) body += chunk;
      const flat = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
      resolve({ status: response.statusCode ?? 0, headers: new Headers(Object.fromEntries(flat)), body });
    });
    sent.on('error', reject).end();
  });
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

const post = (form: URLSearchParams, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { accept: HTML, ...headers },
  body: form,
});
const headingOf = ({ body }: Answer) => /<h1>([^<]*)/.exec(body)?.[1];

/** A page that loads nothing, runs nothing, and is stored and framed by nobody. */
function expectPage({ headers, body }: Answer, language = 'en'): void {
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('content-language')).toBe(language);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('x-request-id')).not.toBeNull();
  const style = /<style>([^<]*)<\/style>/.exec(body)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  expect(headers.get('content-security-policy')).toBe(
    `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  );
  expect(body).toContain(`<html lang="${language}"`);
  expect(body.replace(/<style>.*<\/style>/s, '')).not.toMatch(/<script|<link rel="stylesheet"|https?:/);
}

function expectJson({ headers, body }: Answer, code: string): void {
  expect(headers.get('content-type')).toMatch(/json/);
  expect(JSON.parse(body).errors[0].extensions.code).toBe(code);
}

test('an address that is not valid: 400', async () => {
  const { url } = await apps.open({ FRONT_END: 'on', SITE_NAME: 'Us & <them>' });
  const answer = await raw(url, '/%', { accept: HTML, 'accept-language': 'de' });
  expect([answer.status, headingOf(answer)]).toEqual([400, 'Diese Adresse ist ungültig']);
  expectPage(answer, 'de');
  expect(answer.body).toContain('Us &amp; &lt;them>');
  const chosen = { accept: HTML, 'accept-language': 'de', cookie: 'parley_language=en; parley_theme=dark' };
  const english = await raw(url, '/%', chosen);
  expectPage(english);
  expect(english.body).toContain('data-theme="dark"');
  for (const headers of [{ accept: 'application/json' }, { accept: '*/*' }, {}]) {
    const json = await raw(url, '/%', headers);
    expect([json.status, json.headers.get('x-content-type-options')]).toEqual([400, 'nosniff']);
    expectJson(json, 'BAD_REQUEST');
  }
});

test('a form that is too large: 413, and the reader is told to go back', async () => {
  const { url } = await apps.open({ FRONT_END: 'on' });
  const form = new URLSearchParams({ body: 'x'.repeat(1_048_577) });
  const answer = await ask(`${url}/ask`, post(form));
  expect([answer.status, headingOf(answer)]).toEqual([413, 'That is too long']);
  expectPage(answer);
  expect(answer.body).toContain('Go back in your browser: your text is still in the form.');
  const json = await ask(`${url}/ask`, post(form, { accept: 'application/json' }));
  expect(json.status).toBe(413);
  expectJson(json, 'BAD_REQUEST');
});

test('a head with too many cookies: 431, and the reader is told to delete them; programs get JSON', async () => {
  const { url } = await startTiny({ frontEnd: true });
  const speak = async (path: string, accept: string) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    const cookies = `parley_theme=dark; more=${'x'.repeat(20_000)}`;
    const lines = ['host: x', `accept: ${accept}`, 'accept-language: de', `cookie: ${cookies}`];
    socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    let text = '';
    for await (const data of socket.setEncoding('utf8')) text += data;
    return text;
  };
  const page = await speak('/discussions/a', HTML);
  expect(page).toMatch(/^HTTP\/1\.1 431 [\s\S]*content-type: text\/html; charset=utf-8\r\n/);
  expect(page).toMatch(/\r\ncontent-security-policy: default-src 'none'[\s\S]*\r\nconnection: close\r\n/);
  expect(page).toContain('<html lang="de" data-theme="dark">');
  expect(page).toContain('<h1>Ihr Browser hat mit der Anfrage zu viel gesendet</h1>');
  const length = Number(/content-length: (\d+)/.exec(page)?.[1]);
  expect(Buffer.byteLength(page.slice(page.indexOf('<!doctype html>')))).toBe(length);
  for (const json of [await speak('/', 'application/json'), await speak('/graphql', HTML)])
    expect(json).toMatch(/^HTTP\/1\.1 431 [\s\S]*"code":"BAD_REQUEST"/);
});

test('too many requests: 429, with the time in words and in Retry-After', async () => {
  const { url } = await apps.open({ FRONT_END: 'on', QUERY_POINTS_PER_MINUTE: '100' });
  const search = (n: number) => ask(`${url}/search?q=word${n}`, { headers: { accept: HTML } });
  let answer = await search(0);
  for (let n = 1; n < 50 && answer.status === 200; n++) answer = await search(n);
  expect([answer.status, headingOf(answer)]).toEqual([429, 'Too many requests']);
  expectPage(answer);
  const seconds = Number(answer.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(answer.body).toContain(
    seconds === 1 ? 'Try again in a second.' : `Try again in ${seconds} seconds.`,
  );
});

describe('an overloaded server', () => {
  async function overloaded() {
    const server = await startTiny({ frontEnd: true, inFlightMax: 1 });
    const running = server.query('{ waits }');
    await server.gate.reachedBy(1);
    return { url: server.url, running };
  }

  test('refuses a page with 503', async () => {
    const { url } = await overloaded();
    for (const path of ['/', '/discussions/a', '/nothing/here']) {
      const answer = await ask(url + path, { headers: { accept: HTML } });
      expect([path, answer.status, headingOf(answer)]).toEqual([
        path,
        503,
        'The forum does not answer right now',
      ]);
      expect(answer.headers.get('retry-after')).toBe('1');
      expectPage(answer);
    }
    const headers = { accept: `${HTML}, application/json`, 'content-type': 'application/json' };
    const operation = { method: 'POST', headers, body: JSON.stringify({ query: '{ hello }' }) };
    expectJson(await ask(`${url}/graphql`, operation), 'UNAVAILABLE');
  });

  test('gives back a form that it has read, as it was and with its key', async () => {
    const { url } = await overloaded();
    const answer = await ask(`${url}/ask?a=1`, post(SENT));
    expect(answer.status).toBe(503);
    expectPage(answer);
    expect(answer.body).toContain('<form method="post" action="/ask?a=1">');
    expect(answer.body).toContain('<input type="hidden" name="key" value="form-key"/>');
    expect(answer.body).toContain('<input type="hidden" name="intent" value="post"/>');
    expect(answer.body).toContain('value="A &lt;b>title&lt;/b>"');
    expect(answer.body).toContain(
      '\n\nFirst line\r\n&quot;quoted&quot; &amp; &lt;/textarea>&lt;script></textarea>',
    );
    const script = await ask(`${url}/ask`, post(SENT, { accept: 'application/json' }));
    expect([script.status, JSON.parse(script.body).code]).toEqual([503, 'UNAVAILABLE']);
  });

  test('never repeats a password', async () => {
    const { url } = await overloaded();
    const form = new URLSearchParams({ key: 'k', email: 'a@example.com', password: 'hunter2hunter2' });
    const answer = await ask(`${url}/sign-in`, post(form));
    expect(answer.status).toBe(503);
    expect(answer.body).not.toMatch(/hunter2|a@example|<form/);
    expect(answer.body).toContain('go back in your browser and send the form again');
  });

  test('refuses a form of another site as ever', async () => {
    const { url } = await overloaded();
    const answer = await ask(`${url}/ask`, post(SENT, { origin: 'https://evil.example' }));
    expect(answer.status).toBe(403);
    expect(answer.body).not.toContain('First line');
  });
});

test('a server that stops: 503, and a form that it has not read has changed nothing', async () => {
  const server = await startTiny({ frontEnd: true });
  const running = server.query('{ waits }');
  await server.gate.reachedBy(1);
  const heads = [
    `GET / HTTP/1.1\r\nhost: x\r\naccept: ${HTML}\r\n`,
    `POST /ask HTTP/1.1\r\nhost: x\r\naccept: ${HTML}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 9\r\n`,
    'GET / HTTP/1.1\r\nhost: x\r\naccept: application/json\r\n',
    `GET /feeds/discussions.atom HTTP/1.1\r\nhost: x\r\naccept: ${HTML}\r\n`,
  ];
  const sockets = heads.map((head) => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    // begun before the stop and ended after it, so that the connection is no idle one
    socket.write(head);
    return socket;
  });
  await Promise.all(sockets.map((socket) => once(socket, 'ready')));
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  const closed = server.close();
  const answers = sockets.map(async (socket) => {
    let text = '';
    socket.on('data', (data) => {
      text += data;
    });
    socket.write('\r\n');
    await once(socket, 'close');
    return text;
  });
  const [page = '', form = '', json = '', feed = ''] = await Promise.all(answers);
  for (const text of [page, form, json, feed])
    expect(text).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: 1\r\n/i);
  expect(page).toContain('<h1>The forum does not answer right now</h1>');
  expect(page).toContain('>Try again</a>');
  expect(form).toContain('What you sent was not read, so nothing has changed.');
  for (const text of [json, feed]) expect(text).toContain('"code":"UNAVAILABLE"');
  server.gate.open();
  await running;
  await closed;
});

test('without a front end, browsers get JSON as they did', async () => {
  const { url } = await apps.open({ FRONT_END: 'off' });
  expectJson(await raw(url, '/%', { accept: HTML }), 'BAD_REQUEST');
});
