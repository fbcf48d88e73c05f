import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/server/app.ts';
import { type Apps, openApps, send } from '../support/app.ts';

const ask = (title: string, directive = '') =>
  `createDiscussion(input: { title: "${title}", body: "Is it?" }) ${directive} { discussion { id } }`;
const ONE = `mutation { ${ask('One')} }`;
const many = (count: number) =>
  `mutation { ${Array.from({ length: count }, (_, n) => `m${n}: ${ask(`No ${n}`)}`).join(' ')} }`;
/** Counts rows: five points each time. */
const counts = (times: number, size: number) =>
  `{ ${Array.from({ length: times }, (_, n) => `c${n}: discussions(first: ${size}) { totalCount }`).join(' ')} }`;
const COUNT = '{ discussions { totalCount } }';

describe('rate limits', () => {
  let apps: Apps;
  let app: App;
  beforeAll(async () => {
    apps = await openApps();
    app = await apps.open({ TRUST_PROXY: 'on', QUERY_POINTS_PER_MINUTE: '500' });
  });
  afterAll(() => apps.close());
  const total = async () => (await send(app, COUNT)).body.data.discussions.totalCount;

  test('refuse a use too many whole, as HTTP 429 with the seconds to wait, and write nothing', async () => {
    const key = await apps.key('ada');
    for (let n = 10; n > 0; n--) {
      const { body, headers } = await send(app, ONE, { key });
      expect(body.errors).toBeUndefined();
      expect(headers.get('ratelimit')).toContain(`"createDiscussion";r=${n - 1};t=`);
    }
    const before = await total();
    const { status, headers, body } = await send(app, ONE, { key });
    expect(status).toBe(429);
    expect(body.data).toBeUndefined();
    const [{ extensions }] = body.errors;
    expect(extensions.code).toBe('RATE_LIMITED');
    expect(extensions.retryAfter).toBeGreaterThan(0);
    expect(extensions.retryAfter).toBeLessThanOrEqual(60);
    expect(headers.get('retry-after')).toBe(String(extensions.retryAfter));
    expect(headers.get('ratelimit-policy')).toBe('"operations";q=500;w=60, "createDiscussion";q=10;w=60');
    expect(headers.get('ratelimit')).toContain('"createDiscussion";r=0;t=');
    expect(await total()).toBe(before);
  });

  test('count each alias, and take nothing for what they refuse', async () => {
    const key = await apps.key('ben');
    const before = await total();
    expect((await send(app, many(11), { key })).status).toBe(429);
    expect(await total()).toBe(before);
    const whole = await send(app, many(10), { key });
    expect(whole.body.errors).toBeUndefined();
    expect(whole.headers.get('ratelimit')).toContain('"createDiscussion";r=0;');
    expect(await total()).toBe(before + 10);
  });

  test('count what runs: not what a directive excludes, and a field that is selected twice once', async () => {
    const key = await apps.key('cleo');
    const query = `mutation ($no: Boolean! = false) { ...Both a: ${ask('A')} b: ${ask('B', '@include(if: $no)')} }
      fragment Both on Mutation { c: ${ask('C')} d: ${ask('D', '@skip(if: true)')} }`;
    const { body, headers } = await send(app, query, { key });
    expect(body.errors).toBeUndefined();
    expect(Object.keys(body.data).sort()).toEqual(['a', 'c']);
    expect(headers.get('ratelimit')).toContain('"createDiscussion";r=8;');
    const twice = await send(app, `mutation { ${ask('E')} ${ask('E')} }`, { key });
    expect(twice.headers.get('ratelimit')).toContain('"createDiscussion";r=7;');
  });

  test('count guests by their address, IPv6 by its first 64 bits', async () => {
    const from = (address: string) => send(app, ONE, { headers: { 'x-forwarded-for': address } });
    for (let n = 0; n < 10; n++) expect((await from(`2001:db8:1:2::${n}`)).status).toBe(200);
    expect((await from('2001:db8:1:2:ffff::1')).status).toBe(429);
    expect((await from('2001:db8:1:3::1')).body.errors[0].extensions.code).toBe('UNAUTHENTICATED');
  });

  test('give all who write from one address five times as much', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.7' };
    for (let n = 0; n < 5; n++) {
      const { body } = await send(app, many(10), { key: await apps.key(`writer ${n}`), headers });
      expect(body.errors).toBeUndefined();
    }
    const sixth = await send(app, ONE, { key: await apps.key('writer 5'), headers });
    expect(sixth.status).toBe(429);
  });

  test('give back what lists would have cost if they had been longer', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.2', 'x-query-cost': '1' };
    const nested = (size: number) =>
      `{ discussions(first: 100) { nodes { comments(first: ${size}) { nodes { replies(first: 3) { nodes { id } } } } } } }`;
    const { body, headers: answered } = await send(app, nested(100), { headers });
    expect(body.errors).toBeUndefined();
    const { points, usedPoints } = body.extensions.cost;
    expect(points).toBeGreaterThan(200);
    expect(usedPoints).toBeLessThan(10);
    expect(answered.get('ratelimit')).toContain(`"operations";r=${500 - usedPoints};`);
    expect((await send(app, nested(99), { headers })).status).toBe(200);
    // before it runs, all of it must be there
    for (const size of [1, 2]) expect((await send(app, counts(40, size), { headers })).status).toBe(200);
    expect((await send(app, nested(98), { headers })).status).toBe(429);
  });

  test('bound what reads cost in a minute', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.1' };
    const page = (n: number) => counts(11, n + 1); // 56 points
    for (let n = 0; n < 8; n++) expect((await send(app, page(n), { headers })).status).toBe(200);
    const { status, body } = await send(app, page(8), { headers });
    expect(status).toBe(429);
    expect(body.errors[0].extensions.code).toBe('RATE_LIMITED');
    expect((await send(app, '{ viewer { id } }', { headers })).status).toBe(200);
    // an answer that is given again costs nothing
    expect((await send(app, page(3), { headers })).status).toBe(200);
  });

  test.each([
    ['syntax', 50, (n: number) => `{ viewer { id } ${n}`],
    ['validation', 51, (n: number) => `{ nothing${n} }`],
    ['cost', 52, () => `{ ${'viewer { id } '.repeat(51)} }`],
    ['variables', 53, () => 'query ($n: Int!) { discussions(first: $n) { nodes { id } } }'],
    ['directives', 54, (n: number) => `{ viewer { id ${'@no '.repeat(10)} a${n}: id } }`],
  ])('count what is refused for its %s, and refuse it unread after 50 of them', async (_for, at, query) => {
    const headers = { 'x-forwarded-for': `198.51.100.${at}` };
    for (let n = 0; n < 50; n++) {
      const { body } = await send(app, query(n), { headers });
      expect(body.errors[0].extensions.code).not.toBe('RATE_LIMITED');
    }
    const { status, body, headers: sent } = await send(app, query(50), { headers });
    expect([status, body.errors[0].extensions.code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(sent.get('retry-after'))).toBeGreaterThan(0);
    const other = await send(app, '{ viewer { id } }', { headers: { 'x-forwarded-for': '198.51.100.99' } });
    expect(other.status).toBe(200);
  });

  test('count a long document that is refused for its length', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.30' };
    const long = (n: number) => `{ nothing${n} } #${'x'.repeat(200_000)}`;
    for (let n = 0; n < 5; n++) expect((await send(app, long(n), { headers })).status).toBe(200);
    expect((await send(app, long(5), { headers })).status).toBe(429);
  });

  test('are shown by a preview, which takes nothing of what the write has', async () => {
    const key = await apps.key('eve');
    const preview = `{ previewDiscussion(input: { title: "A", body: "B" }) {
      rateLimit { limit windowSeconds remaining resetsAt } problems { code } } }`;
    for (let n = 0; n < 2; n++) {
      const { body } = await send(app, preview, { key });
      expect(body.data.previewDiscussion).toEqual({
        rateLimit: { limit: 10, windowSeconds: 60, remaining: 10, resetsAt: null },
        problems: [],
      });
    }
    await send(app, many(10), { key });
    const { body, headers } = await send(app, preview, { key });
    expect(body.data.previewDiscussion.rateLimit.remaining).toBe(0);
    expect(Date.parse(body.data.previewDiscussion.rateLimit.resetsAt)).toBeGreaterThan(Date.now());
    expect(body.data.previewDiscussion.problems).toEqual([{ code: 'RATE_LIMITED' }]);
    expect(headers.get('ratelimit')).toContain('"previewDiscussion";r=117;');
  });

  test('stand in serverInfo, as the SDL declares them', async () => {
    const { body } = await send(
      app,
      '{ serverInfo { rateLimits { field limit windowSeconds } queryLimits { pointsPerMinute } } }',
    );
    expect(body.data.serverInfo.queryLimits).toEqual({ pointsPerMinute: 500 });
    expect(body.data.serverInfo.rateLimits).toContainEqual({
      field: 'createDiscussion',
      limit: 10,
      windowSeconds: 60,
    });
    const names = body.data.serverInfo.rateLimits.map((limit: { field: string }) => limit.field);
    expect(names).toEqual([...names].sort());
  });

  test('can be turned off', async () => {
    const free = await apps.open({ RATE_LIMITS: 'off' });
    const key = await apps.key('dan');
    const { body, headers } = await send(free, many(20), { key });
    expect(body.errors).toBeUndefined();
    expect(headers.get('ratelimit')).toBeNull();
    const info = await send(free, '{ serverInfo { rateLimits { field } queryLimits { pointsPerMinute } } }');
    expect(info.body.data.serverInfo).toEqual({ rateLimits: [], queryLimits: { pointsPerMinute: null } });
  });
});
