import { describe, expect, test } from 'vitest';
import { mediaTypeFor } from '../../src/api/media-type.ts';
import { startTiny, type TinyServer } from './tiny-server.ts';

const GRAPHQL = 'application/graphql-response+json; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const APOLLO_CLIENT = 'application/graphql-response+json,application/json;q=0.9';

const ACCEPTED: readonly [string, string | null][] = [
  ['*/*', JSON_TYPE],
  ['application/*', JSON_TYPE],
  ['application/json', JSON_TYPE],
  ['application/json; charset=utf-8', JSON_TYPE],
  ['application/json;charset=latin1', null],
  ['application/graphql-response+json', GRAPHQL],
  ['Application/GraphQL-Response+JSON', GRAPHQL],
  [APOLLO_CLIENT, GRAPHQL],
  ['application/json;q=0.9, application/graphql-response+json;q=0.8', JSON_TYPE],
  ['application/graphql-response+json, application/json', GRAPHQL],
  ['application/json, application/graphql-response+json', JSON_TYPE],
  ['*/*, application/graphql-response+json', GRAPHQL],
  ['application/json;q=0, */*', GRAPHQL],
  // urql
  [
    'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
    GRAPHQL,
  ],
  ['text/html', null],
  ['text/html, */*;q=0.1', JSON_TYPE],
  ['application/json;q=0', null],
];

test.each(ACCEPTED)('%s is answered as %s, also if the document is new', async (accept, expected) => {
  expect(mediaTypeFor(accept)).toBe(expected);
  const { query } = await startTiny();
  for (const _time of ['parsed', 'known']) {
    const { status, headers } = await query('{ hello }', {}, { accept });
    expect(status).toBe(expected === null ? 406 : 200);
    if (expected !== null) expect(headers.get('content-type')).toBe(expected);
  }
});

type Ask = (server: TinyServer, accept: string) => Promise<Response>;

const post =
  (body: string, headers: Record<string, string> = {}): Ask =>
  ({ url }, accept) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, ...headers },
      body,
    });
const HELLO = JSON.stringify({ query: '{ hello }' });

const REFUSALS: readonly [what: string, ask: Ask, status: number, asJson: number][] = [
  ['a body that is not JSON', post('{'), 400, 400],
  ['a credential that nobody knows', post(HELLO, { authorization: 'nobody' }), 401, 401],
  [
    'another method',
    ({ url }, accept) => fetch(`${url}/graphql`, { method: 'PUT', headers: { accept } }),
    405,
    405,
  ],
  [
    'a mutation by GET',
    ({ url }, accept) => fetch(`${url}/graphql?query=mutation{shout(word:"a")}`, { headers: { accept } }),
    405,
    405,
  ],
  ['a body that is too large', post(JSON.stringify({ query: 'x'.repeat(3000) })), 413, 413],
  ['a body of another type', post(HELLO, { 'content-type': 'text/plain' }), 415, 415],
  ['a document that does not parse', post(JSON.stringify({ query: '{' })), 400, 200],
  ['a document that is not valid', post(JSON.stringify({ query: '{ nothing }' })), 400, 200],
  ['a time-out', post(JSON.stringify({ query: '{ waits }' })), 503, 503],
];

test('a mutation by GET is told to use POST', async () => {
  const { url } = await startTiny();
  const response = await fetch(`${url}/graphql?query=mutation{shout(word:"a")}`);
  const errors = [
    { message: 'Send a mutation by POST: GET accepts queries only.', extensions: { code: 'BAD_REQUEST' } },
  ];
  expect(await response.text()).toBe(JSON.stringify({ errors }));
  expect(response.headers.get('allow')).toBe('POST');
});

describe('a refusal has the media type that the client prefers, and the status of it', () => {
  test.each(REFUSALS)('%s', async (_what, ask, status, asJson) => {
    const server = await startTiny({ bodyBytesMax: 2048, requestTimeoutMs: 300 });
    for (const [accept, type, expected] of [
      [APOLLO_CLIENT, GRAPHQL, status],
      ['application/json', JSON_TYPE, asJson],
      ['*/*', JSON_TYPE, asJson],
    ] as const) {
      const response = await ask(server, accept);
      const body = (await response.json()) as { errors: { extensions: { code: string } }[] };
      expect([response.status, response.headers.get('content-type')]).toEqual([expected, type]);
      expect(response.headers.get('vary')).toBe('accept, accept-encoding, authorization');
      expect(body.errors[0]?.extensions.code).toMatch(/^[A-Z_]+$/);
    }
  });
});
