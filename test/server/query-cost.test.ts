import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Apps, openApps, type Sent, send } from '../support/app.ts';
import { startTiny } from './tiny-server.ts';

describe('the cost of an operation', () => {
  let apps: Apps;
  let ask: (query: string, variables?: object) => Promise<Sent>;
  beforeAll(async () => {
    apps = await openApps();
    const settings = { QUERY_DEPTH_MAX: '8', QUERY_NODES_MAX: '1000', QUERY_ALIASES_MAX: '3' };
    const app = await apps.open({ ...settings, RATE_LIMITS: 'off' });
    ask = (query, variables = {}) => send(app, query, { headers: { 'x-query-cost': '1' }, variables });
  });
  afterAll(() => apps.close());

  const messageOf = ({ status, body }: Sent) => {
    expect(body.data).toBeUndefined();
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0].extensions).toEqual({ code: 'QUERY_TOO_COMPLEX' });
    expect(status).toBe(200);
    return body.errors[0].message;
  };

  test.each([
    ['{ serverInfo { name } }', {}, 0],
    ['{ discussions { nodes { id } } }', {}, 20],
    ['{ discussions(first: 7) { edges { node { id } } pageInfo { endCursor } } }', {}, 7],
    ['{ discussions(last: 7) { nodes { id } } tags(first: 3) { nodes { id } } }', {}, 10],
    ['{ discussions(first: 10) { nodes { comments(first: 5) { nodes { id } } } } }', {}, 10 + 50],
    ['{ discussions(first: 10) { nodes { relatedDiscussions { title } } } }', {}, 10 + 30],
    ['{ discussions(first: 5) { nodes { tags { id } } } }', {}, 5 + 50],
    ['query ($n: Int) { discussions(first: $n) { nodes { id } } }', { n: 9 }, 9],
    ['query ($n: Int = 4) { discussions(first: $n) { nodes { id } } }', {}, 4],
    ['query ($n: Int) { discussions(first: $n) { nodes { id } } }', { n: null }, 20],
    ['query ($n: Int!) { discussions(last: $n) { nodes { id } } }', { n: 3 }, 3],
    ['query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ['a', 'b'] }, 2],
    ['{ nodes(ids: ["a", "b", "c"]) { ... on Discussion { comments { nodes { id } } } } }', {}, 3 + 60],
    [
      '{ discussions(first: 2) { nodes { ...D } } } fragment D on Discussion { comments { ...C } } fragment C on CommentConnection { nodes { replies(first: 2) { nodes { id } } } }',
      {},
      2 + 40 + 80,
    ],
  ])('of %s counts its nodes as the sizes of its pages say', async (query, variables, nodes) => {
    const { body } = await ask(query, variables);
    expect(body.extensions.cost.nodes).toBe(nodes);
  });

  test('is in the answer on request, with all its figures and their limits', async () => {
    const { body } = await ask('{ one: serverInfo { name @include(if: true) } viewer { id } }');
    expect(body.extensions.cost).toEqual({
      ...{
        nodes: 0,
        depth: 2,
        aliases: 1,
        fields: 4,
        rootFields: 2,
        directives: 1,
        points: 1,
        usedPoints: 1,
      },
      limit: {
        ...{ nodes: 1000, depth: 8, aliases: 3 },
        ...{ fields: 2000, rootFields: 50, directives: 100, tokens: 2000, responseBytes: 8_388_608 },
      },
    });
  });

  test('is not in the answer otherwise', async () => {
    const app = await apps.open();
    expect((await send(app, '{ viewer { id } }')).body).toEqual({ data: { viewer: null } });
  });

  test('has the same limits in serverInfo', async () => {
    const { body } = await ask(
      '{ serverInfo { queryLimits { nodes depth aliases fields rootFields directives tokens responseBytes } } }',
    );
    expect(body.data.serverInfo.queryLimits).toEqual(body.extensions.cost.limit);
  });

  const deep = (levels: number): string => (levels === 1 ? 'id' : `replyTo { ${deep(levels - 1)} }`);
  const doubling = Array.from(
    { length: 20 },
    (_, n) =>
      `fragment F${n} on Comment { replyTo { ...F${n + 1} } discussion { lastComment { ...F${n + 1} } } }`,
  );
  test.each([
    [
      `{ node(id: "x") { ... on Comment { ${deep(8)} } } }`,
      'The operation is deep 9 levels: the maximum is 8. Request less, or split it into several operations.',
    ],
    [
      '{ a: viewer { id } b: viewer { c: id d: id } }',
      'The operation has 4 aliases: the maximum is 3. Request less, or split it into several operations.',
    ],
    [
      '{ discussions(first: 50) { nodes { comments { nodes { id } } } } }',
      'The operation asks for up to 1050 nodes: the maximum is 1000. Request less, or split it into several operations.',
    ],
    [
      `{ viewer { ${'id @skip(if: false) '.repeat(101)} } }`,
      'The operation has 101 directives: the maximum is 100. Request less, or split it into several operations.',
    ],
    [
      `{ ${'viewer { id } '.repeat(51)} }`,
      'The operation has 51 fields at its root: the maximum is 50. Request less, or split it into several operations.',
    ],
  ])('of %s is refused with the limit and the figure', async (query, message) => {
    expect(messageOf(await ask(query))).toBe(message);
  });

  test('is counted in no time where fragments double one another twenty times over', async () => {
    const app = await apps.open({ QUERY_DEPTH_MAX: '1000', RATE_LIMITS: 'off' });
    const query = `{ node(id: "x") { ...F0 } } ${doubling.join(' ')} fragment F20 on Comment { id }`;
    expect(messageOf(await send(app, query))).toMatch(/^The operation has \d+ fields: the maximum is 2000\./);
  });

  test('counts aliases and fields of introspection', async () => {
    const many = (name: string, of: string) => [1, 2, 3, 4].map((n) => `${name}${n}: ${of}`).join(' ');
    const query = `{ __schema { types { ...T } } } fragment T on __Type { ${many('f', 'fields { ...F }')} }
      fragment F on __Field { ${many('a', 'args { name }')} }`;
    expect(messageOf(await ask(query))).toMatch(/^The operation has 20 aliases: the maximum is 3\./);
  });

  test('does not count the depth of introspection', async () => {
    const { body } = await ask(getIntrospectionQuery());
    expect(body.errors).toBeUndefined();
    expect(body.data.__schema.types.length).toBeGreaterThan(20);
    expect(body.extensions.cost).toMatchObject({ nodes: 0, depth: 1 });
  });

  test('leaves a page size that is none to the field that refuses it', async () => {
    const { body } = await ask('{ discussions(first: 1000) { nodes { id } } }');
    expect(body.errors[0].extensions).toEqual({ code: 'BAD_USER_INPUT', field: 'first' });
  });
});

describe('a field that stands alone', () => {
  const ALONE = '`enter` must be the only field of its operation, without an alias.';
  test.each([
    ['mutation { enter(word: "a") }', null],
    ['mutation { __typename enter(word: "a") }', null],
    ['mutation { a: enter(word: "a") }', ALONE],
    ['mutation { enter(word: "a") b: enter(word: "b") }', ALONE],
    ['mutation { ...F } fragment F on Mutation { enter(word: "a") shout(word: "b") }', ALONE],
    ['mutation { enter(word: "a") ... { shout(word: "b") @skip(if: true) } }', ALONE],
  ])('%s', async (query, message) => {
    const { query: ask } = await startTiny();
    const { body } = await ask(query);
    expect(body.errors?.[0]?.message ?? null).toBe(message);
    if (message) expect(body).toEqual({ errors: [{ message, extensions: { code: 'FIELD_NOT_ALONE' } }] });
  });
});
