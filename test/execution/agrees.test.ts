import fc from 'fast-check';
import { execute, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createExecutor } from '../../src/graphql/execution/index.ts';
import { needed, seen } from './answers.ts';
import { makeUpQuery } from './documents.ts';
import { type Arrival, troubledSchema } from './troubled-schema.ts';

const numbers = fc.array(fc.nat(1_000_000), { minLength: 40, maxLength: 120 });
const TEXTS = ['', 'one', 'two "quoted"'];

async function both(arrival: Arrival, calm: number, given: readonly number[]) {
  const schema = troubledSchema(arrival, calm);
  const { query, variables } = makeUpQuery(schema, given, TEXTS);
  const document = parse(query);
  fc.pre(validate(schema, document).length === 0);
  const { execute: ours } = createExecutor(schema);
  return {
    query,
    theirs: seen(await execute({ schema, document, variableValues: variables })),
    ours: seen(await ours({ document, variables, context: {} })),
  };
}

// graphql-js leaves promises of a list behind when a member fails at once; nobody hears of them when they reject
const listeners = process.listeners('unhandledRejection');
beforeAll(() => {
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', () => {});
});
afterAll(() => {
  process.removeAllListeners('unhandledRejection');
  for (const listener of listeners) process.on('unhandledRejection', listener);
});

describe('the executor', () => {
  test.each([3, 8, 40])(
    'answers what graphql-js answers, byte for byte, one in %i values being trouble',
    async (calm) => {
      await fc.assert(
        fc.asyncProperty(numbers, async (given) => {
          const { ours, theirs } = await both('AT_ONCE', calm, given);
          expect(JSON.stringify(ours)).toBe(JSON.stringify(theirs));
        }),
        { numRuns: 300 },
      );
    },
  );

  test.each(['PROMISED', 'LATER', 'MIXED'] as const)(
    'answers the same where values are %s',
    async (arrival) => {
      await fc.assert(
        fc.asyncProperty(numbers, fc.constantFrom(4, 12, 60), async (given, calm) => {
          const { ours, theirs } = await both(arrival, calm, given);
          expect(JSON.stringify(ours.data)).toBe(JSON.stringify(theirs.data));
          expect(needed(ours)).toEqual(needed(theirs));
        }),
        { numRuns: 300 },
      );
    },
  );

  const schema = troubledSchema('MIXED', 1_000_000);
  const { execute: ours } = createExecutor(schema);
  const alike = async (query: string, variables?: Record<string, unknown>, operationName?: string) => {
    const document = parse(query);
    const result = await ours({ document, variables, operationName, context: {} });
    const expected = await execute({
      schema,
      document,
      variableValues: variables ?? null,
      operationName: operationName ?? null,
    });
    expect(seen(result)).toEqual(seen(expected));
    return seen(result);
  };

  test.each<[string, string, Record<string, unknown>?, string?]>([
    ['a missing variable', 'query ($n: Int!) { branch { echo(size: $n) } }', {}],
    ['a variable of a wrong kind', 'query ($n: Int!) { branch { echo(size: $n) } }', { n: 'one' }],
    [
      'a null where the default would do',
      'query ($n: Int) { branch { maybeLeaves(first: $n) { size } } }',
      { n: null },
    ],
    ['a switch that is null', 'query ($b: Boolean = true) { branch @include(if: $b) { id } }', { b: null }],
    ['an operation that is not there', 'query A { branch { id } } query B { branch { name } }', {}, 'C'],
    ['an operation that is not named', 'query A { branch { id } } query B { branch { name } }'],
    ['the operation that is named', 'query A { branch { id } } query B { branch { name } }', {}, 'B'],
    ['introspection', '{ __schema { queryType { name } } branch { __typename id } }'],
    [
      'names that mean something to JavaScript',
      '{ __proto__: branch { constructor: name toString: id then: id } }',
    ],
    ['a mutation of nothing', 'mutation { first @skip(if: true) { id } }'],
    ['several mutations', 'mutation { first { id } __proto__: first { id } third(name: "x") }'],
    ['an enum by variable', 'query ($c: Colour) { branch { leaf(colour: $c) { colour } } }', { c: 'RED' }],
    ['an enum that is none', 'query ($c: Colour) { branch { leaf(colour: $c) { colour } } }', { c: 'BLUE' }],
  ])('agrees on %s', async (_what, query, variables, operationName) => {
    await alike(query, variables, operationName);
  });

  test('runs mutations one after the other, and none after one that takes away the answer', async () => {
    const order: string[] = [];
    const troubled = troubledSchema('AT_ONCE', 1_000_000);
    const fields = troubled.getMutationType()?.getFields() ?? {};
    const wait =
      (name: string, ms: number, fails = false) =>
      async () => {
        order.push(`${name} begins`);
        await new Promise((resolve) => setTimeout(resolve, ms));
        order.push(`${name} ends`);
        if (fails) throw new Error(name);
        return null;
      };
    Object.assign(fields['first'] ?? {}, { resolve: wait('first', 20) });
    Object.assign(fields['second'] ?? {}, { resolve: wait('second', 1, true) });
    Object.assign(fields['third'] ?? {}, { resolve: wait('third', 1) });
    const document = parse('mutation { first { id } second { size } third(name: "x") }');
    const result = await createExecutor(troubled).execute({ document, context: {} });
    expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
    expect(seen(result)).toMatchObject({ data: null, errors: [{ message: 'second', path: ['second'] }] });
  });
});
