import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Apps, openApps, type Sent, send } from '../support/app.ts';

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
          headers: { accept: 'application/graphql-response+json' },
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
