import {
  buildSchema,
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isObjectType,
  parse,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { createExecutor, Loaders } from '../../src/graphql/execution/index.ts';
import { seen } from './answers.ts';

const SDL = /* GraphQL */ `
  interface Named { place: String }
  type Leaf implements Named { place: String }
  type Branch implements Named {
    place: String
    late: String
    rest: Int
    method(n: Int): String
    child: Branch
    children: [Branch]
    grid: [[Branch]]
    named: Named
    all: [Named]
  }
  type Query { root: Branch }
`;

const branch = (depth: number): object => {
  const child = () => (depth === 0 ? null : branch(depth - 1));
  return {
    __typename: 'Branch',
    method: (...all: unknown[]) => `${all.length} ${JSON.stringify(all[0])} ${typeof all[2]}`,
    child: child(),
    children: [child(), null, Promise.resolve(child()), child()],
    grid: [[], [child(), null], null, [child(), child()]],
    named: depth % 2 === 0 ? { __typename: 'Leaf' } : child(),
    all: [{ __typename: 'Leaf' }, child(), null, { __typename: 'Leaf' }, child()],
  };
};

const told: GraphQLFieldResolver<unknown, unknown> = (_row, args, context, { schema }) =>
  JSON.stringify([args, Object.keys(Object(context)), schema.getQueryType()?.name]);

function schemaOf(resolvers: Record<string, GraphQLFieldResolver<unknown, unknown>>): GraphQLSchema {
  const schema = buildSchema(SDL);
  for (const [name, resolve] of Object.entries(resolvers)) {
    for (const type of Object.values(schema.getTypeMap())) {
      const field = isObjectType(type) ? type.getFields()[name] : undefined;
      if (field) field.resolve = resolve;
    }
  }
  return schema;
}

const QUERY = parse(`query Told($n: Int = 3) { root { ...All child { ...All child { place } } } }
  fragment All on Branch {
    first: place place late rest method(n: $n)
    children { place late rest }
    grid { place late }
    named { place }
    all { __typename place ... on Branch { grid { place } } }
  }`);

describe('a resolver', () => {
  const schema = schemaOf({
    root: () => branch(3),
    place: told,
    late: async (...all) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return told(...all);
    },
    rest: (...all: unknown[]) => all.length,
  });

  test('gets the arguments, the context and the schema that graphql-js gives it, now and later', async () => {
    const rootValue = { isRoot: true };
    const theirs = await execute({ schema, document: QUERY, contextValue: { loaders: null }, rootValue });
    const loaders = new Loaders();
    const ours = await createExecutor(schema).execute({
      document: QUERY,
      context: { loaders },
      root: rootValue,
    });
    // set by the executor: the document was not left to graphql-js
    expect(loaders.selectedFields).toContain('Branch.grid');
    expect(theirs.errors).toBeUndefined();
    expect(JSON.stringify(ours)).toBe(JSON.stringify(theirs));
    expect(JSON.stringify(seen(ours))).toContain('Query');
  });

  test('is called with all four arguments, however it names them', async () => {
    const document = parse('{ root { rest method(n: 1) } }');
    const { data } = seen(await createExecutor(schema).execute({ document, context: {} }));
    expect(data).toEqual({ root: { rest: 4, method: '3 {"n":1} object' } });
  });

  test('loads with the others of its level: one batch for each, each key once', async () => {
    const batches: string[][] = [];
    const loading = schemaOf({
      root: () => branch(2),
      place: (row, _args, context) =>
        (context as { loaders: Loaders }).loaders
          .named('place', (keys) => {
            batches.push([...keys]);
            return keys.map((key) => `loaded ${key}`);
          })
          .load((row as { __typename: string }).__typename),
    });
    const document = parse('{ root { child { place } other: child { place } all { place } } }');
    const result = createExecutor(loading).execute({ document, context: { loaders: new Loaders() } });
    expect(result).not.toBeInstanceOf(Promise);
    expect(batches.map((keys) => keys.toSorted())).toEqual([['Branch', 'Leaf']]);
  });
});

describe('loaders outside the executor', () => {
  test('are dispatched when the turn has nothing else to do', async () => {
    const batches: (readonly string[])[] = [];
    const loader = new Loaders().named('double', (keys) => {
      batches.push(keys);
      return Promise.resolve(keys.map((key) => key + key));
    });
    const late = Promise.resolve().then(() => loader.load('c'));
    expect(await Promise.all([loader.load('a'), loader.load('b'), loader.load('a'), late])).toEqual([
      'aa',
      'bb',
      'aa',
      'cc',
    ]);
    expect(batches).toEqual([['a', 'b', 'c']]);
  });

  test('reject what a batch throws, or answers with too few values', async () => {
    const loaders = new Loaders();
    const thrown = loaders.named<string>('thrown', () => {
      throw new Error('no');
    });
    const short = loaders.named<string>('short', () => []);
    await expect(thrown.load('a')).rejects.toThrow('no');
    await expect(short.load('a')).rejects.toThrow('The loader short has 0 values for 1 keys.');
  });

  test('give a primed value without a batch', async () => {
    const loader = new Loaders().named<string>('primed', () => {
      throw new Error('not needed');
    });
    loader.prime('a', 'A');
    loader.primeRows(['B', 'C'], (row) => row.toLowerCase());
    expect(await Promise.all(['a', 'b', 'c'].map((key) => loader.load(key)))).toEqual(['A', 'B', 'C']);
  });
});
