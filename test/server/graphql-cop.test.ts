// The checks of graphql-cop 1.14 (github.com/dolevf/graphql-cop), by their titles. Each sends what the tool sends.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Apps, openApps } from '../support/app.ts';

interface Reply {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the check asks for
  readonly json: any;
}

describe('with NODE_ENV=production, graphql-cop finds nothing under', () => {
  let apps: Apps;
  let url: string;
  beforeAll(async () => {
    apps = await openApps();
    ({ url } = await apps.open({ NODE_ENV: 'production', PLAYGROUND: '' }));
  });
  afterAll(() => apps.close());

  const reply = async (path: string, init: RequestInit = {}): Promise<Reply> => {
    const response = await fetch(`${url}${path}`, init);
    const text = await response.text();
    return {
      status: response.status,
      text,
      json: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : null,
    };
  };
  const post = (body: unknown) =>
    reply('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const ask = (query: string) => post({ query, operationName: 'cop' });

  test('Field Suggestions', async () => {
    for (const query of ['query cop { __schema { directive } }', 'query cop { discusion { id } }'])
      expect((await ask(query)).text).not.toContain('Did you mean');
    const query = 'query cop($filter: DiscussionFilter) { discussions(filter: $filter) { nodes { id } } }';
    const { json } = await post({ query, variables: { filter: { tagSlugz: 'x' } } });
    expect(json.errors[0].message).toMatch(/Field "tagSlugz" is not defined by type "DiscussionFilter"\.$/);
  });

  test('Introspection', async () => {
    const { json } = await ask('query cop { __schema { types { name fields { name } } } }');
    expect(json.data).toBeUndefined();
    expect(json.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test('GraphQL IDE', async () => {
    for (const path of ['/', '/graphql', '/graphiql', '/playground', '/console']) {
      const { text } = await reply(path, { headers: { accept: 'text/html' } });
      expect(text).not.toMatch(/graphiql|playground/i);
    }
  });

  // It reports that queries can be sent by GET, which clients do by default. No cookie counts here, so no page can use
  // it in another one's name.
  test('GET Method Query Support, which is on purpose, except for mutations and cookies', async () => {
    const answer = await reply('/graphql?query=query%20cop%20%7B__typename%7D', {
      headers: { cookie: 'a=b' },
    });
    expect(answer.json.data).toEqual({ __typename: 'Query' });
  });

  test('Alias Overloading', async () => {
    const aliases = Array.from({ length: 101 }, (_, n) => `alias${n}:__typename`).join(' \n');
    const { json } = await ask(`query cop { ${aliases} }`);
    expect(json.data).toBeUndefined();
    expect(json.errors[0].extensions.code).toBe('QUERY_TOO_COMPLEX');
  });

  // It counts the results. Each of them is a refusal, because clients that send batches look for as many.
  test('Array-based Query Batching, which runs nothing', async () => {
    const { json } = await post(Array(10).fill({ query: 'query cop { __typename }' }));
    expect(json).toHaveLength(10);
    for (const { data, errors } of json) {
      expect(data).toBeUndefined();
      expect(errors[0].extensions.code).toBe('BATCHING_NOT_SUPPORTED');
    }
  });

  test('Trace Mode', async () => {
    const { json } = await ask('query cop { __typename }');
    expect(json).toEqual({ data: { __typename: 'Query' } });
  });

  test('Directive Overloading', async () => {
    const { json } = await ask('query cop { __typename @aa@aa@aa@aa@aa@aa@aa@aa@aa@aa }');
    expect(json.errors).toHaveLength(1);
    expect(json.errors[0].extensions.code).toBe('QUERY_TOO_COMPLEX');
  });

  test('Introspection-based Circular Query', async () => {
    const levels = 'fields { type { '.repeat(4);
    const { json } = await ask(`query cop { __schema { types { ${levels} name ${'} } '.repeat(4)} } } }`);
    expect(json.data).toBeUndefined();
  });

  test('Mutation is allowed over GET (possible CSRF)', async () => {
    const { json } = await reply('/graphql?query=mutation%20cop%20%7B__typename%7D');
    expect(json.data).toBeUndefined();
  });

  test('POST based url-encoded query (possible CSRF)', async () => {
    const body = new URLSearchParams({ query: 'query cop { __typename }' });
    expect((await reply('/graphql', { method: 'POST', body })).status).toBe(415);
  });

  test('Unhandled Errors Detection', async () => {
    const { json } = await ask('qwerty cop { abc }');
    expect(json.errors).toHaveLength(1);
    expect(json.errors[0].extensions).toEqual({ code: 'GRAPHQL_PARSE_FAILED' });
  });
});

describe('NODE_ENV=production', () => {
  test('leaves introspection and the playground on if settings ask for them', async () => {
    const apps = await openApps();
    const settings = { NODE_ENV: 'production', PLAYGROUND: 'on', INTROSPECTION: 'on' };
    const { url } = await apps.open(settings);
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __schema { queryType { name } } }' }),
    });
    expect(await response.json()).toEqual({ data: { __schema: { queryType: { name: 'Query' } } } });
    expect((await fetch(`${url}/assets/none.js`)).status).toBe(404);
    await apps.close();
  });
});
