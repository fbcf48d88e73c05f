// Apollo Client as docs/front-end.md sets it up: what it caches of objects that have no id.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gql } from '@apollo/client';
import { buildSchema, getNullableType, isObjectType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { type Data, type Server, startServer } from './server.ts';

const read = (name: string) => readFile(path.join(packageRoot, name), 'utf8');
const snippet = /^```ts\n(import \{ ApolloClient.*?)^```$/ms.exec(await read('docs/front-end.md'))?.[1] ?? '';
const schema = buildSchema(await read('schema.graphql'));

let server: Server;
let openApollo: (url: string, token: string | null) => Data;
beforeAll(async () => {
  server = await startServer();
  const folder = path.join(packageRoot, 'test/clients/compiled/apollo-parts');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'snippet.ts'), snippet);
  ({ openApollo } = await import(path.join(folder, 'snippet.ts')));
});
afterAll(() => server.close());

test('queries that select different parts of an object keep those of each other', async () => {
  const { slug, token } = await server.scene();
  const client = openApollo(server.url, token);
  const queries = [
    'discussion(slug: $slug) { id viewerCan { update { isAllowed } } }',
    'discussion(slug: $slug) { id viewerCan { vote { isAllowed } } }',
    'discussion(slug: $slug) { id viewerCan { update { code message } } }',
    'serverInfo { siteName queryLimits { depth } } viewer { id account { email } }',
    'serverInfo { version queryLimits { nodes } } viewer { id account { createdAt } }',
  ].map((fields, at) =>
    fields.includes('$slug')
      ? gql(`query Parts${at}($slug: String!) { ${fields} }`)
      : gql(`query Parts${at} { ${fields} }`),
  );
  const answers: Data[] = [];
  for (const query of queries) answers.push((await client.query({ query, variables: { slug } })).data);
  const cached = queries.map((query) => client.cache.readQuery({ query, variables: { slug } }));
  expect(cached).toEqual(answers);
});

/** Types without an id that are the value of a field without arguments: of an object with an id, of the query, or of such a part. */
function partsOf(type: string, found = new Set<string>()): Set<string> {
  const object = schema.getType(type);
  if (!isObjectType(object)) return found;
  for (const { args, type: fieldType } of Object.values(object.getFields())) {
    const value = getNullableType(fieldType);
    if (args.length > 0 || !isObjectType(value) || 'id' in value.getFields() || found.has(value.name))
      continue;
    found.add(value.name);
    partsOf(value.name, found);
  }
  return found;
}

test('the list of parts is that of the schema', () => {
  const nodes = schema.getPossibleTypes(schema.getType('Node') as Data).map(({ name }) => name);
  const parts = new Set(['Query', ...nodes].flatMap((type) => [...partsOf(type)]));
  const [, list = ''] = /const PARTS = \[(.*?)^\];/ms.exec(snippet) ?? [];
  expect([...list.matchAll(/'(\w+)'/g)].map(([, name]) => name).sort()).toEqual([...parts].sort());
});
