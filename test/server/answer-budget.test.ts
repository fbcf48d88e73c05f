import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/server/app.ts';
import { type Apps, openApps, send } from '../support/app.ts';

const BYTES_MAX = 100_000;
const TOO_LARGE = `The answer is larger than ${BYTES_MAX} bytes. Request less, or split it into several operations.`;
const LONG = 'x'.repeat(200_000);

describe('an answer', () => {
  let apps: Apps;
  let app: App;
  let key: string;
  let id: string;
  const aliases = (count: number, field: string) =>
    Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(' ');

  beforeAll(async () => {
    apps = await openApps();
    app = await apps.open({ ANSWER_BYTES_MAX: String(BYTES_MAX), RATE_LIMITS: 'off' });
    key = await apps.key('ada');
    const made = await send(
      app,
      `mutation ($body: String!) { createDiscussion(input: { title: "Large", body: $body }) { discussion { id } } }`,
      { key, variables: { body: 'word '.repeat(4000) } },
    );
    id = made.body.data.createDiscussion.discussion.id;
  });
  afterAll(() => apps.close());

  test.each([
    ['query', (fields: string) => `{ ${fields} }`],
    ['query that graphql-js executes', (fields: string) => `{ __type(name: "Query") { name } ${fields} }`],
  ])('to a %s is refused as a whole if one text under many aliases makes it too large', async (_, of) => {
    const one = `node(id: "${id}") { ... on Discussion { bodyHTML } }`;
    const small = await send(app, of(aliases(4, one)));
    expect(small.body.errors).toBeUndefined();
    const { body } = await send(app, of(aliases(6, one)));
    expect(body).toEqual({ errors: [{ message: TOO_LARGE, extensions: { code: 'QUERY_TOO_COMPLEX' } }] });
  });

  test('to a mutation says that its changes are stored if it is too large', async () => {
    const added = `addComment(input: { discussionId: "${id}", body: "stored" }) { discussion { ${aliases(6, 'bodyHTML')} } }`;
    const { body } = await send(app, `mutation { ${added} }`, { key });
    expect(body.errors[0].message).toBe(`${TOO_LARGE} What the mutation changed is stored.`);
    const after = await send(app, `{ node(id: "${id}") { ... on Discussion { commentCount } } }`);
    expect(after.body.data.node.commentCount).toBe(1);
  });

  test('is measured in bytes and not in characters', async () => {
    const of = (count: number) =>
      `query ($input: PreviewDiscussionInput!) { ${aliases(count, 'previewDiscussion(input: $input) { bodyHTML }')} }`;
    const variables = { input: { title: 'A', body: '語'.repeat(1000) } };
    expect((await send(app, of(20), { variables })).body.errors).toBeUndefined();
    expect((await send(app, of(40), { variables })).body.errors[0].message).toBe(TOO_LARGE);
  });

  test('repeats at most 100 characters of an id, for each of at most 100 errors', async () => {
    const query = `query ($v: ID!) { ${aliases(9, `nodes(ids: [${'$v '.repeat(100)}]) { id }`)} }`;
    const { body } = await send(app, query, { variables: { v: LONG } });
    expect(JSON.stringify(body).length).toBeLessThan(50_000);
    expect(body.data.a8).toHaveLength(100);
    expect(body.errors).toHaveLength(101);
    expect(body.errors[0]).toMatchObject({
      message: `No object has the id "${'x'.repeat(100)}…".`,
      path: ['a0', 0],
      extensions: { code: 'NOT_FOUND', field: 'ids.0' },
    });
    expect(body.errors[100]).toEqual({
      message: '800 more errors are omitted: an answer has at most 100.',
      extensions: { code: 'QUERY_TOO_COMPLEX' },
    });
  });

  test.each([
    ['a slug', 'query ($v: String!) { discussion(slug: $v) { id } }', { v: LONG }],
    ['a cursor', 'query ($v: String!) { discussions(after: $v) { nodes { id } } }', { v: LONG }],
    ['a variable', 'query ($v: Int!) { discussions(first: $v) { nodes { id } } }', { v: LONG }],
    [
      'the members of a variable',
      'query ($v: [ID!]!) { nodes(ids: $v) { id } }',
      { v: Array(99).fill({ LONG }) },
    ],
    [
      'a filter',
      'query ($v: String!) { discussions(filter: { tagSlug: $v }) { nodes { id } } }',
      { v: LONG },
    ],
    ['a literal', `{ discussions(first: "${LONG}") { nodes { id } } }`, {}],
    ['a field', `{ ${LONG} }`, {}],
    ['a syntax error', `{ viewer { id } } ${LONG}`, {}],
    ['the name of an operation', '{ viewer { id } }', {}, LONG],
    ['the name of a variable', `query ($${LONG}: Int!) { viewer { id } }`, {}],
  ])('repeats little of %s that it refuses', async (_what, query, variables, operationName?: string) => {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query,
        variables:
          'v' in variables && Array.isArray(variables.v)
            ? { v: Array(99).fill('y'.repeat(2000)) }
            : variables,
        operationName,
      }),
    });
    const text = await response.text();
    expect(text.length).toBeLessThan(50_000);
    expect(text).not.toContain('INTERNAL');
    for (const { message } of JSON.parse(text).errors ?? []) expect(message.length).toBeLessThanOrEqual(501);
  });

  test.each([
    ['data', 'real', `${'a'.repeat(5000)}: __typename`],
    ['the paths of errors', 'D_x', 'id'],
  ])('counts the names that the client gives, in %s', async (_where, which, field) => {
    const ids = `"${which === 'real' ? id : which}" `.repeat(100);
    const { body } = await send(app, `{ ${'b'.repeat(5000)}: nodes(ids: [${ids}]) { ${field} } }`);
    expect(body.errors[0].message).toBe(TOO_LARGE);
  });
});
