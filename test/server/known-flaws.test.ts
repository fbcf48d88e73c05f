// What the Damn Vulnerable GraphQL Application does wrong and no other file tries.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Apps, openApps, send } from '../support/app.ts';
import { startTiny } from './tiny-server.ts';

const DISCUSSIONS = 'query ($filter: DiscussionFilter) { discussions(filter: $filter) { nodes { title } } }';

describe('a server in production', () => {
  let apps: Apps;
  let url: string;
  let key: string;
  beforeAll(async () => {
    apps = await openApps();
    ({ url } = await apps.open({ NODE_ENV: 'production', PLAYGROUND: '' }));
    key = await apps.key('Ada');
    const app = { url } as Parameters<typeof send>[0];
    const made = await send(
      app,
      'mutation { createDiscussion(input: { title: "One", body: "Is it?" }) { discussion { slug } } }',
      { key },
    );
    expect(made.body.data.createDiscussion.discussion.slug).toBe('one');
  });
  afterAll(() => apps.close());
  const ask = (query: string, more: Parameters<typeof send>[2] = {}) =>
    send({ url } as Parameters<typeof send>[0], query, more);

  test.each([
    'fragment A on Query { ...A } { ...A }',
    'fragment A on Query { ...B } fragment B on Query { ...A } { ...A }',
    'fragment A on Author { name ...B } fragment B on Author { ...A } { viewer { author { ...A } } }',
  ])('refuses fragments in a circle: %s', async (query) => {
    const { body } = await ask(query);
    expect(body.data).toBeUndefined();
    expect(body.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test.each(['env=graphiql:enable', 'env=graphiql%3Aenable; introspection=on'])(
    'shows neither schema nor playground to the cookie %s',
    async (cookie) => {
      const { body } = await ask('{ __schema { queryType { name } } }', { headers: { cookie } });
      expect(body.data).toBeUndefined();
      const page = await fetch(url, { headers: { cookie, accept: 'text/html' } });
      expect(await page.text()).not.toMatch(/graphiql|playground/i);
    },
  );

  test('takes no credential from a cookie or the URL, and sets no cookie', async () => {
    const viewer = '{ viewer { author { name } } }';
    const known = await ask(viewer, { key });
    expect(known.body).toEqual({ data: { viewer: { author: { name: 'Ada' } } } });
    expect(known.headers.get('set-cookie')).toBeNull();
    const cookie = `authorization=Bearer ${key}; token=${key}; session=${key}`;
    expect((await ask(viewer, { headers: { cookie } })).body).toEqual({ data: { viewer: null } });
    const parameters = new URLSearchParams({ query: viewer, token: key, access_token: key });
    const byUrl = await fetch(`${url}/graphql?${parameters}`);
    expect(await byUrl.json()).toEqual({ data: { viewer: null } });
  });

  test.each(["' OR 1=1 --", '" OR ""="', "x'; DROP TABLE discussion; --", '%', '_', "' UNION SELECT 1 --"])(
    'finds nothing by a filter that is SQL: %s',
    async (text) => {
      const { body } = await ask(DISCUSSIONS, { variables: { filter: { tagSlug: text } } });
      expect(body).toEqual({ data: { discussions: { nodes: [] } } });
      const all = await ask(DISCUSSIONS);
      expect(all.body).toEqual({ data: { discussions: { nodes: [{ title: 'One' }] } } });
    },
  );
});

test('an operation name cannot forge a line of the log', async () => {
  const { query, lines } = await startTiny();
  await query('query Greet { hello }\n{"level":"info","msg":"forged"}');
  await query('query Greet { hello }', {}, { 'x-request-id': '1","msg":"forged' });
  expect(lines.map(({ msg }) => msg)).toEqual(['request', 'request']);
  expect(JSON.stringify(lines)).not.toContain('forged');
});
