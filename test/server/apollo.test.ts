import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { describe, expect, test } from 'vitest';
import { startTiny } from './tiny-server.ts';

test('an operation whose answer the client does not accept does not run', async () => {
  const { query, lines } = await startTiny();
  const faults = () => lines.filter((line) => line['msg'] === 'a request met a fault').length;
  expect((await query('{ fails }', {}, { accept: 'text/html' })).status).toBe(406);
  expect(faults()).toBe(0);
  // nor once the document is cached
  expect((await query('{ fails }')).status).toBe(200);
  expect((await query('{ fails }', {}, { accept: 'text/html' })).status).toBe(406);
  expect(faults()).toBe(1);
});

test.each([
  ['subscription { x }'],
  ['subscription S { hello { nothing } }'],
  ['subscription { __typename }'],
  ['query A { hello } subscription S { x }'],
])('%s is a validation error, because the schema has no subscriptions', async (document) => {
  const { query, lines } = await startTiny();
  const accept = 'application/graphql-response+json';
  const { status, body } = await query(document, {}, { accept });
  const [error, ...more] = body.errors ?? [];
  expect(more).toEqual([]);
  expect([status, body.data, error?.message, error?.extensions?.['code']]).toEqual([
    400,
    undefined,
    'The schema has no subscription type: subscription operations are not supported.',
    'GRAPHQL_VALIDATION_FAILED',
  ]);
  expect(lines.filter((line) => line['msg'] === 'a request met a fault')).toEqual([]);
});

describe('an Apollo plugin of the host', () => {
  test('is called at the start, once for each document, and at the stop, and may refuse a document', async () => {
    const calls: string[] = [];
    const plugin: ApolloServerPlugin = {
      serverWillStart: async () => {
        calls.push('start');
        return {
          serverWillStop: async () => {
            calls.push('stop');
          },
        };
      },
      requestDidStart: async () => ({
        didResolveOperation: async ({ operationName }) => {
          calls.push(`operation ${operationName}`);
          if (operationName === 'Secret')
            throw new GraphQLError('Not this one.', { extensions: { code: 'FORBIDDEN' } });
        },
      }),
    };
    const server = await startTiny({}, { apolloPlugins: [plugin] });
    for (const name of ['A', 'A', 'B', 'Secret', 'Secret']) {
      const { status, body } = await server.query(`query ${name} { hello }`);
      expect([status, body.data]).toEqual(
        name === 'Secret' ? [403, undefined] : [200, { hello: 'Hello, you' }],
      );
    }
    await server.close();
    expect(calls).toEqual([
      'start',
      ...['operation A', 'operation B', 'operation Secret', 'operation Secret'],
      'stop',
    ]);
  });
});
