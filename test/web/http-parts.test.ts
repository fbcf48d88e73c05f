import { describe, expect, test } from 'vitest';
import { ApiError } from '../../web/src/api/api-error.ts';
import { askOverHttp, isApiUrl } from '../../web/src/api/over-http.ts';
import { readCookies, setCookie } from '../../web/src/http/cookies.ts';
import { localPath } from '../../web/src/http/local-path.ts';
import { isFromThisSite } from '../../web/src/http/origin-check.ts';
import { PageCache } from '../../web/src/http/page-cache.ts';
import { policyOf } from '../../web/src/http/page-headers.ts';
import { isPageView } from '../../web/src/http/page-view.ts';
import { findRoute, get, post } from '../../web/src/http/routes.ts';
import { Formats } from '../../web/src/language/formats.ts';
import { languageOf } from '../../web/src/language/language.ts';

describe('the path to return to', () => {
  test.each([
    ['/discussions/a?x=1#c', '/discussions/a?x=1#c'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['https://evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['/a/..//evil.example', '/'],
    ['', '/'],
    [null, '/'],
  ])('%j leads to %s', (text, path) => {
    expect(localPath(text)).toBe(path);
  });
});

describe('a view of a page', () => {
  const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const opened = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'user-agent': agent };
  test.each([
    ['of a person', 'GET', {}, true],
    ['of a person whose browser says where it shows it', 'GET', { 'sec-fetch-dest': 'document' }, true],
    [
      'of a person with a telephone of CUBOT',
      'GET',
      { 'user-agent': 'Mozilla/5.0 (Linux; CUBOT P80)' },
      true,
    ],
    ['that is prefetched', 'GET', { 'sec-purpose': 'prefetch' }, false],
    ['that is prepared in the background', 'GET', { 'sec-purpose': 'prefetch;prerender' }, false],
    ['that an older browser prefetches', 'GET', { purpose: 'prefetch' }, false],
    ['of a script', 'GET', { accept: 'application/json' }, false],
    ['that a script fetches', 'GET', { 'sec-fetch-dest': 'empty' }, false],
    ['whose head alone is requested', 'HEAD', {}, false],
    ['that answers a form', 'POST', {}, false],
    [
      'of a crawler',
      'GET',
      { 'user-agent': 'Mozilla/5.0 (compatible; ExampleBot/2.1; +https://a.example)' },
      false,
    ],
    ['of a program without a name', 'GET', { 'user-agent': '' }, false],
  ])('%s', (_name, method, headers, isView) => {
    expect(isPageView({ method, headers: { ...opened, ...headers } })).toBe(isView);
  });
});

describe('a form', () => {
  const site = 'https://forum.example';
  test.each([
    ['of this site', { origin: site, host: 'forum.example', 'sec-fetch-site': 'same-origin' }, true],
    ['of this site by another name', { origin: 'http://localhost:4000', host: 'localhost:4000' }, true],
    ['of a program', { host: 'forum.example' }, true],
    ['of another site', { origin: 'https://evil.example', host: 'forum.example' }, false],
    ['of a neighbouring host', { host: 'forum.example', 'sec-fetch-site': 'same-site' }, false],
    ['of a sandboxed page', { origin: 'null', host: 'forum.example' }, false],
    ['of another site that hides it', { host: 'forum.example', 'sec-fetch-site': 'cross-site' }, false],
  ])('%s', (_name, headers, isAccepted) => {
    expect(isFromThisSite(headers, site)).toBe(isAccepted);
  });
});

test('a session cookie is closed to scripts and other sites, and over TLS belongs to this host alone', () => {
  expect(setCookie('parley_session', 'T', true)).toMatch(
    /^__Host-parley_session=T; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/,
  );
  expect(setCookie('parley_session', 'T', false)).not.toContain('Secure');
  expect(setCookie('parley_session', null, false)).toContain('Max-Age=0');
  expect(readCookies('a=1; parley_session=T; parley_session=U').get('parley_session')).toBe('T');
});

test('a route is found by method and path, and decodes its parameters', () => {
  const routes = [get('/tags/:slug', async () => never()), post('/vote', async () => never())];
  expect(findRoute(routes, 'GET', '/tags/%E6%97%A5')?.params).toEqual({ slug: '日' });
  expect(findRoute(routes, 'HEAD', '/tags/a/')?.params).toEqual({ slug: 'a' });
  for (const [method, path] of [
    ['GET', '/vote'],
    ['GET', '/tags/%ff'],
    ['GET', '/tags/a/b'],
    ['PUT', '/vote'],
  ] as const)
    expect(findRoute(routes, method, path)).toBeNull();
});

test.each([
  [undefined, 'de-AT,de;q=0.9,en;q=0.8', 'de'],
  [undefined, 'fr, en;q=0.5, de;q=0.7', 'de'],
  [undefined, 'de;q=0, fr', 'en'],
  [undefined, undefined, 'en'],
  ['en', 'de', 'en'],
  ['xx', 'de', 'de'],
])('a reader who has chosen %s and whose browser prefers %s reads %s', (chosen, accepted, language) => {
  expect(languageOf(chosen, accepted)).toBe(language);
});

test('times are in the words of the language, and never in the future', () => {
  const now = new Date('2026-11-30T12:00:00Z');
  const ago = (language: string, at: string) => new Formats(language, 'just now').ago(at, now);
  expect(ago('en', '2026-11-30T11:59:50Z')).toBe('just now');
  expect(ago('en', '2026-11-30T12:00:05Z')).toBe('just now');
  expect(ago('en', '2026-11-29T11:00:00Z')).toBe('1 day ago');
  expect(ago('en', '2024-12-31T12:00:00Z')).toBe('1 year ago');
  expect(ago('de', '2026-11-30T09:00:00Z')).toBe('vor 3 Stunden');
  expect(ago('de', '2024-11-29T09:00:00Z')).toBe('vor 2 Jahren');
});

test('the exact time is that of the minute, in UTC', () => {
  const formats = new Formats('en', 'just now');
  const at = ['11:59:00.000', '11:59:59.999', '12:00:00.000'].map((time) =>
    formats.exact(`2026-11-30T${time}Z`),
  );
  expect(at).toEqual([
    'November 30, 2026 at 11:59 AM UTC',
    'November 30, 2026 at 11:59 AM UTC',
    'November 30, 2026 at 12:00 PM UTC',
  ]);
  expect(formats.exact('1969-12-31T23:59:59Z')).toBe('December 31, 1969 at 11:59 PM UTC');
});

test('a page is reused only while the answers are the same, and the oldest page makes room', () => {
  const cache = new PageCache(30);
  const page = (answer: string) => ({
    answers: [answer],
    body: Buffer.from('1234567890'),
    etag: answer,
    encoded: new Map(),
  });
  cache.store('a', page('one'));
  expect(cache.find('a', ['one'])?.etag).toBe('one');
  expect(cache.find('a', ['two'])).toBeNull();
  cache.store('b', page('two'));
  cache.find('a', ['one']);
  cache.store('c', page('three'));
  expect(cache.find('b', ['two'])).toBeNull();
  expect(cache.find('c', ['three'])?.etag).toBe('three');
});

test('guests’ pages are counted in bytes', () => {
  const cache = new PageCache(50);
  const answers = ['十二文字の言葉が並んでいる']; // 39 bytes
  const page = { answers, body: Buffer.from('1234567890'), etag: 'e', encoded: new Map() };
  cache.store('a', page);
  expect(cache.find('a', answers)?.etag).toBe('e');
  cache.store('b', { ...page, answers: ['a'] });
  expect(cache.find('a', answers)).toBeNull();
});

test('an API that is down is named to the log and not to readers', async () => {
  const ask = askOverHttp('http://127.0.0.1:1/internal');
  const request = { query: '', variables: {}, token: null, address: '', userAgent: undefined, context: null };
  const error = await ask(request).catch((thrown: unknown) => thrown);
  if (!(error instanceof ApiError)) throw error;
  expect(error.code).toBe('UNAVAILABLE');
  expect([error.message, ...error.problems.map(({ message }) => message)].join()).not.toMatch(/127|internal/);
  expect(error.cause).toContain('http://127.0.0.1:1/internal');
});

test.each([
  ['https://forum.example/graphql', true],
  ['http://127.0.0.1:4000/graphql', true],
  ['https://user:secret@forum.example/graphql', false],
  ['https://user@forum.example/graphql', false],
  ['file:///graphql', false],
  ['forum.example', false],
  [undefined, false],
])('%s as the URL of an API: %s', (text, isAccepted) => {
  expect(isApiUrl(text)).toBe(isAccepted);
});

test.each(['*', "a.example; script-src 'unsafe-inline'", 'a.example b.example', 'https://a.example', ''])(
  'the policy cannot allow images from %j',
  (host) => {
    expect(() => policyOf([host])).toThrow(/is not a host/);
  },
);

function never(): never {
  throw new Error('No handler runs here.');
}
