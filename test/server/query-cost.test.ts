import { type GraphQLObjectType, getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEAR_FIELDS } from '../../src/api/limits/field-prices.ts';
import { buildSchema } from '../../src/api/schema.ts';
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
      ...{ nodes: 0, depth: 2, aliases: 1, fields: 4, rootFields: 2, directives: 1, points: 1 },
      limit: {
        ...{ nodes: 1000, depth: 8, aliases: 3 },
        ...{ fields: 2000, rootFields: 50, directives: 100, tokens: 2000 },
      },
    });
  });

  test('is not in the answer otherwise', async () => {
    const app = await apps.open();
    expect((await send(app, '{ viewer { id } }')).body).toEqual({ data: { viewer: null } });
  });

  test('has the same limits in serverInfo', async () => {
    const { body } = await ask(
      '{ serverInfo { queryLimits { nodes depth aliases fields rootFields directives tokens } } }',
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

describe('the variables of an operation', () => {
  let apps: Apps;
  let ask: (query: string, variables?: object) => Promise<Sent>;
  beforeAll(async () => {
    apps = await openApps();
    const app = await apps.open({ RATE_LIMITS: 'off' });
    ask = (query, variables = {}) => send(app, query, { headers: { 'x-query-cost': '1' }, variables });
  });
  afterAll(() => apps.close());

  const NAMES = ['toString', 'constructor', 'hasOwnProperty', 'valueOf', '__defineGetter__', 'n'];
  test.each(NAMES)('named %s count as they are answered', async (name) => {
    const page = `discussions(first: $${name}) { nodes { id } }`;
    const nodesOf = async (type: string, variables = {}) =>
      (await ask(`query ($${name}: ${type}) { ${page} }`, variables)).body.extensions.cost.nodes;
    expect(await nodesOf('Int = 100')).toBe(100);
    expect(await nodesOf('Int = 100', { [name]: 3 })).toBe(3);
    expect(await nodesOf('Int')).toBe(20);
    expect(await nodesOf('Int = 100', { [name]: null })).toBe(20);
    const skipped = `query ($${name}: Boolean! = true) { __typename viewer @skip(if: $${name}) { id } }`;
    expect((await ask(skipped)).body.data).toEqual({ __typename: 'Query' });
    const one = `query ($${name}: ID!) { nodes(ids: [$${name}, $${name}]) { id } }`;
    expect((await ask(one, { [name]: 'x' })).body.extensions.cost.nodes).toBe(2);
  });

  test('count as their types coerce them: one value for a list is a list of one', async () => {
    const { body } = await ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: 'x' });
    expect(body.data.nodes).toHaveLength(1);
    expect(body.extensions.cost.nodes).toBe(1);
  });

  test.each([...NAMES, '__proto__'])('may share the name %s with anything else in it', async (name) => {
    const query = `query ${name} { ${name}: serverInfo { ...${name} } }
      fragment ${name} on ServerInfo { ${name}: name }`;
    const { body } = await ask(query);
    expect(body.errors).toBeUndefined();
    expect(JSON.stringify(body.data)).toBe(`{"${name}":{"${name}":"Parley"}}`);
    const argument = await ask(`{ discussions(${name}: 3) { nodes { id } } }`);
    expect(argument.body.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test('named __proto__ are refused', async () => {
    const app = await apps.open({ RATE_LIMITS: 'off' });
    for (const query of [
      'query ($__proto__: Int = 3) { discussions(first: $__proto__) { nodes { id } } }',
      'query ($__proto__: Boolean!) { viewer @include(if: $__proto__) { id } }',
    ]) {
      for (const variables of ['{}', '{"__proto__":true}', '{"__proto__":{"first":100}}']) {
        const response = await fetch(`${app.url}/graphql?${new URLSearchParams({ query, variables })}`, {
          headers: { 'apollo-require-preflight': '1', accept: 'application/graphql-response+json' },
        });
        expect(response.status).toBe(400);
        expect(await response.json()).toEqual({
          errors: [
            {
              message: 'A variable cannot be named `__proto__`.',
              extensions: { code: 'BAD_USER_INPUT', field: 'variables' },
            },
          ],
        });
      }
    }
  });
});

describe('introspection', () => {
  let apps: Apps;
  let ask: (query: string) => Promise<Sent>;
  beforeAll(async () => {
    apps = await openApps();
    const app = await apps.open({ RATE_LIMITS: 'off' });
    ask = (query) => send(app, query, { headers: { 'x-query-cost': '1' } });
  });
  afterAll(() => apps.close());

  const everything = getIntrospectionQuery({
    ...{ specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true },
    ...{ inputValueDeprecation: true, oneOf: true },
  });

  test.each([
    ['of graphql-js, GraphiQL, GraphQL Code Generator and Relay', getIntrospectionQuery()],
    ['with every option', everything],
  ])('%s passes once', async (_tool, query) => {
    const { body } = await ask(query);
    expect(body.errors).toBeUndefined();
    expect(body.data.__schema.types.length).toBeGreaterThan(100);
    expect(body.extensions.cost.points).toBeGreaterThan(10);
    expect(body.extensions.cost.points).toBeLessThan(100);
  });

  const names = `{ types { name description fields(includeDeprecated: true) { name description args { name description
    type { ...T } } type { ...T } } inputFields { name description type { ...T } } enumValues { name description } } }
  `;
  const T = 'fragment T on __Type { kind name ofType { kind name ofType { kind name } } }';
  const [, schemaOf = '', fragments = ''] =
    /__schema (\{[\s\S]*?\})\s*\}\s*(fragment[\s\S]*)/.exec(everything) ?? [];
  test.each([
    [
      'nineteen aliases',
      `{ ${Array.from({ length: 19 }, (_, n) => `a${n}: __schema ${names}`).join(' ')} } ${T}`,
    ],
    ['two whole schemas', `{ a: __schema ${schemaOf} b: __schema ${schemaOf} } ${fragments}`],
    [
      'fragments',
      `{ ...A ...B } fragment A on Query { a: __schema ${schemaOf} } fragment B on Query { ... { b: __schema ${schemaOf} } } ${fragments}`,
    ],
    [
      'types of types',
      `{ __schema { types { fields { type { ofType { fields { ${'a b c d e f g h i j k l m n o p q r s t u v w x y z'.replace(/\w/g, (n) => `${n}: name`)} } } } } } } }`,
    ],
  ])('by %s is refused for its cost', async (_how, query) => {
    const { body } = await ask(query);
    expect(body.errors?.[0].message).toMatch(
      /^The operation reads \d+ values of the schema by introspection: the maximum is/,
    );
  });
});

describe('the points of an operation', () => {
  let apps: Apps;
  let pointsOf: (query: string, variables: object) => Promise<number>;
  beforeAll(async () => {
    apps = await openApps();
    const app = await apps.open({ RATE_LIMITS: 'off' });
    pointsOf = async (query, variables = {}) => {
      const { body } = await send(app, query, { headers: { 'x-query-cost': '1' }, variables });
      return body.extensions.cost.points;
    };
  });
  afterAll(() => apps.close());

  const page =
    '{ discussion(slug: "x") { title comments { nodes { bodyHTML author { name } replies(first: 3) { nodes { bodyHTML } } } } } }';
  const revisions = (field: string) =>
    `{ discussion(slug: "x") { revisions(first: 20) { nodes { ${field} } } } }`;
  const preview =
    'query ($body: String!) { previewComment(input: { discussionId: "x", body: $body }) { bodyHTML } }';
  test.each([
    ['the smallest', '{ viewer { id } }', 1],
    ["a front end's page", page, 1],
    ['a hundred nodes of one value', '{ discussions(first: 100) { nodes { id } } }', 1],
    [
      'a hundred nodes of ten values',
      `{ discussions(first: 100) { nodes { ${'a b c d e f g h i j'.replace(/\w/g, (n) => `${n}: id`)} } } }`,
      2,
    ],
    ['a count of rows', '{ discussions(first: 1) { totalCount } }', 6],
    [
      'forty counts of rows',
      `{ ${Array.from({ length: 40 }, (_, n) => `a${n}: discussions(first: 1) { totalCount }`).join(' ')} }`,
      202,
    ],
    ['a count that is stored', '{ discussion(slug: "x") { comments(first: 1) { totalCount } } }', 1],
    ['twenty differences', revisions('bodyDiff { text }'), 802],
    ['twenty revisions without', revisions('revision'), 1],
    [
      'forty look-ups by externalId',
      `{ ${Array.from({ length: 40 }, (_, n) => `a${n}: discussion(externalId: "${n}") { id }`).join(' ')} }`,
      2,
    ],
    ['a short preview', preview, 1, { body: 'short' }],
    ['a long preview', preview, 61, { body: 'x'.repeat(60_000) }],
  ])('follow its cost: %s', async (_what, query, points, variables?: object) => {
    expect(await pointsOf(query, variables ?? {})).toBe(points);
  });

  test('are declared for fields that exist', () => {
    const schema = buildSchema();
    for (const name of DEAR_FIELDS) {
      const [type = '', field = '', count] = name.split('.');
      const definition = (schema.getType(type) as GraphQLObjectType).getFields()[field];
      expect(definition, name).toBeDefined();
      if (count) expect(String(definition?.type), name).toMatch(/Connection!$/);
    }
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
    if (message) expect(body).toEqual({ errors: [{ message, extensions: { code: 'QUERY_TOO_COMPLEX' } }] });
  });
});
