import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Apps, openApps, type Sent, send } from '../support/app.ts';

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
      'possible types of a type that the client chooses',
      `{ ${Array.from({ length: 30 }, (_, n) => `t${n}: __type(name: "Node") { possibleTypes { fields(includeDeprecated: true) { name description args(includeDeprecated: true) { name description type { name ofType { name } } } type { name ofType { name } } } } }`).join(' ')} }`,
    ],
    [
      'types of types',
      `{ __schema { types { fields { type { ofType { fields { ${Array.from({ length: 49 }, (_, n) => `a${n}: name`).join(' ')} } } } } } } }`,
    ],
  ])('by %s is refused for its cost', async (_how, query) => {
    const { body } = await ask(query);
    expect(body.errors?.[0].message).toMatch(
      /^The operation reads \d+ values of the schema by introspection: the maximum is/,
    );
  });
});
