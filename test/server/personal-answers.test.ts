import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Apps, openApps } from '../support/app.ts';

let apps: Apps;
let url: string;
let key: string;
beforeAll(async () => {
  apps = await openApps();
  ({ url } = await apps.open());
  key = await apps.key('Ada');
});
afterAll(() => apps.close());

const get = (headers: Record<string, string>, query = '{ viewer { author { name } } }') =>
  fetch(`${url}/graphql?query=${encodeURIComponent(query)}`, { headers });

test.each([
  ['a guest', {}, '{ viewer { author { name } } }', 200, 'no-cache'],
  ['a member', { key: true }, '{ viewer { author { name } } }', 200, 'private, no-cache'],
  ['a member who is refused', { key: true }, '{ nonsense }', 200, 'private, no-cache'],
  ['an invalid credential', { key: 'prl_key_x' }, '{ viewer { author { name } } }', 401, 'private, no-cache'],
] as const)(
  'the answer to %s depends on the Authorization header for every cache',
  async (_, who, query, status, control) => {
    const token = 'key' in who ? (who.key === true ? key : who.key) : null;
    const response = await get(token === null ? {} : { authorization: `Bearer ${token}` }, query);
    expect(response.status).toBe(status);
    expect(response.headers.get('cache-control')).toBe(control);
    expect(response.headers.get('vary')).toContain('authorization');
  },
);

test('a 304 to a member is private too, and a guest’s tag is not a member’s', async () => {
  const authorization = `Bearer ${key}`;
  const etag = (await get({ authorization })).headers.get('etag') ?? '';
  const known = await get({ authorization, 'if-none-match': etag });
  expect([known.status, known.headers.get('cache-control')]).toEqual([304, 'private, no-cache']);
  expect((await get({ 'if-none-match': etag })).status).toBe(200);
});

test('the answer to a POST is stored nowhere', async () => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: '{ viewer { author { name } } }' }),
  });
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('vary')).toContain('authorization');
});
