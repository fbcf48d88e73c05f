import { describe, expect, test } from 'vitest';
import { startTiny } from './tiny-server.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

describe('GET', () => {
  test('answers a query', async () => {
    const { url } = await startTiny();
    const search = new URLSearchParams({
      query: 'query ($name: String!) { hello(name: $name) }',
      variables: '{"name":"Ada"}',
    });
    const response = await fetch(`${url}/graphql?${search}`);
    expect(await response.json()).toEqual({ data: { hello: 'Hello, Ada' } });
  });

  test.each([
    'operationName=',
    'variables=',
    'variables=null',
    'extensions=',
    'extensions=null',
    'operationName=&variables=&extensions=null',
  ])('takes %s for a parameter that was not sent', async (empty) => {
    const { url } = await startTiny();
    for (const search of [`query={hello}&${empty}`, `${empty}&query={hello}`]) {
      const response = await fetch(`${url}/graphql?${search}`);
      expect([response.status, await response.json()]).toEqual([200, { data: { hello: 'Hello, you' } }]);
    }
  });

  test('keeps a parameter that is sent twice, once without a value', async () => {
    const { url } = await startTiny();
    const response = await fetch(`${url}/graphql?query=query A {hello}&operationName=&operationName=B`);
    expect(response.status).toBe(400);
  });

  test('takes an empty operationName of a POST for none', async () => {
    const { url } = await startTiny();
    for (const operationName of ['', null, undefined]) {
      const body = JSON.stringify({ query: '{ hello }', operationName });
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers: JSON_TYPE, body });
      expect(await response.json()).toEqual({ data: { hello: 'Hello, you' } });
    }
  });

  test('refuses a mutation with 405', async () => {
    const { url } = await startTiny();
    for (const headers of [{}, JSON_TYPE, { origin: 'https://evil.example' }, { cookie: 'session=1' }]) {
      const response = await fetch(`${url}/graphql?query=mutation{shout(word:"a")}`, { headers });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('POST');
      expect(await response.json()).not.toHaveProperty('data');
    }
  });

  test('tells pages of other origins no more than POST: CORS_ORIGINS decides who reads', async () => {
    const { url } = await startTiny({ corsOrigins: ['https://a.example'] });
    const allowed = async (origin: string) =>
      (await fetch(`${url}/graphql?query={hello}`, { headers: { origin } })).headers.get(
        'access-control-allow-origin',
      );
    expect(await allowed('https://a.example')).toBe('https://a.example');
    expect(await allowed('https://evil.example')).toBeNull();
  });

  test('ignores cookies: only the header names a viewer', async () => {
    const { url } = await startTiny();
    const ask = (headers: Record<string, string>) =>
      fetch(`${url}/graphql?query={hello}`, { headers }).then(({ status }) => status);
    expect(await ask({ authorization: 'nobody' })).toBe(401);
    expect(await ask({ cookie: 'authorization=nobody' })).toBe(200);
  });
});
