import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PersistedDocuments } from '../../src/api/persisted-documents.ts';
import { type Apps, openApps } from '../support/app.ts';
import { temporaryFolder } from '../support/database.ts';
import { startTiny, type TinyServer } from './tiny-server.ts';

const HELLO = 'query Hello($name: String) { hello(name: $name) }';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hashed = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256(text) } });

// biome-ignore lint/suspicious/noExplicitAny: the shape is what the test asks for
type Body = any;

async function post({ url }: { url: string }, body: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Body };
}

async function get({ url }: { url: string }, parameters: Record<string, string>) {
  const response = await fetch(`${url}/graphql?${new URLSearchParams(parameters)}`);
  return { status: response.status, body: (await response.json()) as Body };
}

const NOT_FOUND = {
  errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
};

describe('a document that was sent with its hash', () => {
  test('is answered by its hash alone, by POST and GET, and not before', async () => {
    const server = await startTiny();
    const extensions = hashed(HELLO);
    for (const accept of ['application/json', 'application/graphql-response+json'])
      expect(await post(server, { extensions }, { accept })).toEqual({ status: 200, body: NOT_FOUND });
    expect(await get(server, { extensions: JSON.stringify(extensions) })).toEqual({
      status: 200,
      body: NOT_FOUND,
    });
    const variables = { name: 'Ada' };
    const expected = { status: 200, body: { data: { hello: 'Hello, Ada' } } };
    expect(await post(server, { query: HELLO, variables, extensions })).toEqual(expected);
    expect(await post(server, { variables, extensions })).toEqual(expected);
    expect(await post(server, { variables, documentId: `sha256:${sha256(HELLO)}` })).toEqual(expected);
    const search = { variables: JSON.stringify(variables), extensions: JSON.stringify(extensions) };
    expect(await get(server, search)).toEqual(expected);
  });

  test('is refused under another version of the protocol', async () => {
    const server = await startTiny();
    const sha256Hash = sha256('{ hello }');
    for (const version of [2, 0, '1', null]) {
      const extensions = { persistedQuery: { version, sha256Hash } };
      const { body } = await post(server, { query: '{ hello }', extensions });
      expect(body.errors[0].extensions).toEqual({
        ...{ code: 'BAD_USER_INPUT', field: 'extensions.persistedQuery.version' },
      });
    }
    expect((await post(server, { extensions: { persistedQuery: { sha256Hash } } })).body).toEqual(NOT_FOUND);
  });

  test('can be sent by GET first', async () => {
    const server = await startTiny();
    const extensions = JSON.stringify(hashed('{ hello }'));
    expect((await get(server, { query: '{ hello }', extensions })).body.data).toEqual({
      hello: 'Hello, you',
    });
    expect((await get(server, { extensions })).body.data).toEqual({ hello: 'Hello, you' });
  });

  test('is not remembered if it is not valid, or its hash is another', async () => {
    const server = await startTiny();
    const invalid = '{ nothing }';
    await post(server, { query: invalid, extensions: hashed(invalid) });
    expect((await post(server, { extensions: hashed(invalid) })).body).toEqual(NOT_FOUND);
    const { status, body } = await post(server, { query: '{ hello }', extensions: hashed('{ address }') });
    expect(status).toBe(400);
    expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
    expect((await post(server, { extensions: hashed('{ address }') })).body).toEqual(NOT_FOUND);
  });

  test('does not make a mutation possible by GET', async () => {
    const server = await startTiny();
    const query = 'mutation { shout(word: "a") }';
    expect((await post(server, { query, extensions: hashed(query) })).body.data).toEqual({ shout: 'A' });
    expect((await get(server, { extensions: JSON.stringify(hashed(query)) })).status).toBe(405);
  });

  test.each([
    [{ persistedQuery: 'x' }],
    [{ persistedQuery: { version: 1 } }],
    [{ persistedQuery: { version: 1, sha256Hash: 'short' } }],
    [{ persistedQuery: { version: 1, sha256Hash: ['a'] } }],
  ])('needs a hash: %j is refused', async (extensions) => {
    const { status, body } = await post(await startTiny(), { extensions });
    expect([status, body.errors[0].extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
  });

  test('costs bounded memory, however many are sent', () => {
    const persisted = new PersistedDocuments(null);
    const lookUp = (text: string) => {
      const request = { method: 'POST', search: '', body: { extensions: hashed(text) } };
      try {
        persisted.resolve(request);
        return true;
      } catch {
        return false;
      }
    };
    const padding = ' '.repeat(50_000);
    const texts = Array.from({ length: 400 }, (_, n) => `{ f${n} }${padding}`);
    for (const text of texts) persisted.accept({ hash: sha256(text), text });
    expect(texts.filter(lookUp)).toHaveLength(Math.floor((16 * 1024 * 1024) / (2 * 50_007 + 300)));
    expect(lookUp(texts.at(-1) ?? '')).toBe(true);
    const huge = `{ a }${' '.repeat(200_000)}`;
    persisted.accept({ hash: sha256(huge), text: huge });
    expect(lookUp(huge)).toBe(false);
  });
});

describe('with the response cache', () => {
  let apps: Apps;
  beforeAll(async () => {
    apps = await openApps();
  });
  afterAll(() => apps.close());

  test('documents by hash, and requests with other extensions, are answered alike and from the cache', async () => {
    const app = await apps.open();
    const query = '{ categories { totalCount } }';
    const expected = { data: { categories: { totalCount: 0 } } };
    const clientLibrary = { name: '@apollo/client', version: '4.3.8' };
    for (const body of [
      { query },
      { query, extensions: { clientLibrary } },
      { query, extensions: hashed(query) },
      { extensions: { ...hashed(query), clientLibrary } },
      { documentId: sha256(query) },
      { extensions: hashed(query), operationName: null },
    ])
      expect((await post(app, body)).body).toEqual(expected);
    expect((await post(app, { query, extensions: hashed('{ a }') })).status).toBe(400);
    expect((await post(app, { query, extensions: 'text' })).status).toBe(400);
  });

  test('trusted documents are all that is answered, by id or by text, and there is no introspection', async () => {
    const trusted = '{ categories { totalCount } }';
    const file = temporaryFolder().file('documents.json');
    writeFileSync(file, JSON.stringify({ 'thread-1': trusted, [sha256(trusted)]: trusted }));
    const app = await apps.open({ TRUSTED_DOCUMENTS: file, PLAYGROUND: 'on' });
    const expected = { status: 200, body: { data: { categories: { totalCount: 0 } } } };
    for (let time = 0; time < 3; time++) {
      expect(await post(app, { documentId: 'thread-1' })).toEqual(expected);
      expect(await post(app, { extensions: hashed(trusted) })).toEqual(expected);
      expect(await post(app, { query: trusted })).toEqual(expected);
      expect(await get(app, { documentId: 'thread-1' })).toEqual(expected);
    }
    const other = '{ viewer { id } }';
    const refused = [
      { query: other },
      { query: other, extensions: hashed(other) },
      { query: other, documentId: sha256(other) },
      { query: trusted, documentId: 'thread-2' },
      { extensions: hashed(other) },
      { query: '{ __schema { types { name } } }' },
      { query: `${trusted} ` },
      {},
    ];
    for (const body of refused) {
      const { status, body: answer } = await post(app, body);
      expect([status, answer.errors[0].extensions.code]).toEqual([403, 'DOCUMENT_NOT_TRUSTED']);
    }
    expect((await get(app, { query: other })).status).toBe(403);
    const page = await fetch(app.url, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).toContain('application/json');
  });

  test("trusted documents can be Apollo's manifest", async () => {
    const file = temporaryFolder().file('manifest.json');
    const operations = [{ id: 'a1', name: 'A', type: 'query', body: '{ viewer { id } }' }];
    writeFileSync(
      file,
      JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }),
    );
    const app = await apps.open({ TRUSTED_DOCUMENTS: file });
    expect((await post(app, { documentId: 'a1' })).body).toEqual({ data: { viewer: null } });
  });

  test.each([
    ['no JSON', '{', /holds no documents/],
    ['nothing', '{}', /holds no documents/],
    ['no text', '{"a": 1}', /has no document for "a"/],
    ['no GraphQL', '{"a": "{"}', /does not parse: "a"/],
  ])('a file of trusted documents with %s ends the start', async (_what, text, message) => {
    const file = temporaryFolder().file('documents.json');
    writeFileSync(file, text);
    await expect(apps.open({ TRUSTED_DOCUMENTS: file })).rejects.toThrow(message);
    await expect(apps.open({ TRUSTED_DOCUMENTS: `${file}.gone` })).rejects.toThrow(
      /cannot be read \(ENOENT\)/,
    );
  });
});

describe('a batch', () => {
  const batch = async ({ url }: TinyServer, count: number, accept: string) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify(Array.from({ length: count }, () => ({ query: 'mutation { shout(word: "a") }' }))),
    });
    return { status: response.status, body: (await response.json()) as { errors: unknown[] }[] };
  };

  test.each([
    ['application/json', 200],
    ['application/graphql-response+json', 400],
  ])('is refused with one error for each operation, as %s with %i', async (accept, expected) => {
    const server = await startTiny();
    const { status, body } = await batch(server, 2, accept);
    expect(status).toBe(expected);
    expect(body).toHaveLength(2);
    for (const { errors } of body)
      expect(errors).toMatchObject([{ extensions: { code: 'BATCHING_NOT_SUPPORTED' } }]);
    expect((await batch(server, 1000, accept)).body).toHaveLength(100);
    expect((await batch(server, 0, accept)).body).toEqual((await batch(server, 1, accept)).body);
  });
});
