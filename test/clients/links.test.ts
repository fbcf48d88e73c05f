// What clients do with documents by their hash, and with batches.
import { createHash } from 'node:crypto';
import * as four from '@apollo/client';
import { BatchHttpLink as BatchFour } from '@apollo/client/link/batch-http';
import { createPersistedQueryLink as persistedFour } from '@apollo/client/link/persisted-queries';
import * as three from '@apollo/client-3/core/index.js';
import { BatchHttpLink as BatchThree } from '@apollo/client-3/link/batch-http/index.js';
import { createPersistedQueryLink as persistedThree } from '@apollo/client-3/link/persisted-queries/index.js';
import { Client, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Data, type Server, startServer } from './server.ts';

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A fetch that notes which requests carried a document. */
function noting(): { fetch: typeof fetch; sent: string[] } {
  const sent: string[] = [];
  return {
    sent,
    fetch: (url, init) => {
      const search = new URL(String(url)).searchParams;
      const query = search.get('query') ?? JSON.parse(String(init?.body ?? '{}')).query;
      sent.push(`${init?.method ?? 'GET'} ${query ? 'text' : 'hash'}`);
      return fetch(url, init);
    },
  };
}

test.each([
  ['Apollo Client 4', four, persistedFour, 'A'],
  ['Apollo Client 3', three, persistedThree, 'B'],
])('%s sends a document once, and then its hash by GET', async (_name, library, persisted, operation) => {
  const { ApolloClient, HttpLink, InMemoryCache } = library as Data;
  const { fetch: send, sent } = noting();
  const query = parse(`query ${operation} { serverInfo { name } }`);
  for (let time = 0; time < 2; time++) {
    const link = (persisted as Data)({ sha256, useGETForHashedQueries: true });
    const http = new HttpLink({ uri: server.url, fetch: send });
    const client = new ApolloClient({ cache: new InMemoryCache(), link: link.concat(http) });
    const { data } = await client.query({ query });
    expect(data.serverInfo.name).toBe('Parley');
  }
  expect(sent).toEqual(['GET hash', 'POST text', 'GET hash']);
});

test('urql sends a document once, and then its hash by GET', async () => {
  const { fetch: send, sent } = noting();
  for (let time = 0; time < 2; time++) {
    const persisted = persistedExchange({ preferGetForPersistedQueries: true });
    const client = new Client({ url: server.url, fetch: send, exchanges: [persisted, fetchExchange] });
    const { data } = await client.query('query C { serverInfo { name } }', {}).toPromise();
    expect(data.serverInfo.name).toBe('Parley');
  }
  expect(sent[0]).toBe('GET hash');
  expect(sent.at(-1)).toBe('GET hash');
  expect(sent.filter((one) => one.endsWith('text'))).toHaveLength(1);
});

test.each([
  ['Apollo Client 4', four, BatchFour, (error: Data) => error.errors[0].extensions.code],
  ['Apollo Client 3', three, BatchThree, (error: Data) => error.graphQLErrors[0].extensions.code],
])(
  '%s tells each operation of a batch that batches are not supported',
  async (_name, library, Link, codeOf) => {
    const { ApolloClient, InMemoryCache } = library as Data;
    const link = new (Link as Data)({ uri: server.url });
    const client = new ApolloClient({ cache: new InMemoryCache(), link });
    const ask = (field: string) =>
      client.query({ query: parse(`{ serverInfo { ${field} } }`) }).then(() => null, codeOf);
    expect(await Promise.all([ask('name'), ask('version')])).toEqual([
      'BATCHING_NOT_SUPPORTED',
      'BATCHING_NOT_SUPPORTED',
    ]);
  },
);
