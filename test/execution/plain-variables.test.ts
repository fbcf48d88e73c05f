import fc from 'fast-check';
import {
  buildSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { plainVariables } from '../../src/graphql/execution/plain-variables.ts';

const schema = buildSchema(`
  enum Colour { RED GREEN }
  scalar Moment
  input Inner { id: ID!, colour: Colour = RED, tags: [String!], inner: Inner }
  input Outer { text: String!, size: Int = 7, isOn: Boolean, inner: Inner, inners: [Inner!], at: Moment }
  input Choice @oneOf { a: String, b: Int }
  type Query { asked(outer: Outer, ids: [ID!], choice: Choice, colour: Colour): Int }
`);

const definition = parse(
  'query ($outer: Outer!, $ids: [ID!], $choice: Choice, $colour: Colour = GREEN) { asked(outer: $outer) }',
).definitions[0] as OperationDefinitionNode;

const ours = plainVariables(schema, definition);

function theirs(given: Record<string, unknown>) {
  return getVariableValues(schema, definition.variableDefinitions ?? [], given).coerced;
}

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const colour = fc.constantFrom('RED', 'GREEN');
const texts = fc.array(fc.string(), { maxLength: 3 });
const inner = fc.letrec((tie) => ({
  inner: fc.record(
    { id: fc.string(), colour, tags: fc.option(texts), inner: tie('inner') },
    { requiredKeys: ['id'] },
  ),
})).inner;
const wellFormed = fc.record(
  {
    outer: fc.record(
      {
        ...{ text: fc.string(), size: fc.option(fc.integer()), isOn: fc.option(fc.boolean()) },
        ...{ inner: fc.option(inner), inners: fc.option(fc.array(inner, { maxLength: 2 })) },
      },
      { requiredKeys: ['text'] },
    ),
    ids: fc.option(texts),
    colour,
  },
  { requiredKeys: ['outer', 'colour'] },
);

/** Well formed but for one place, somewhere in it, that holds anything at all. */
const spoilt = fc
  .tuple(wellFormed, fc.nat(), fc.jsonValue(), optional(fc.constantFrom('text', 'id', 'colour', 'strange')))
  .map(([value, at, anything, name]) => {
    const copy = structuredClone(value) as Record<string, unknown>;
    const places: Record<string, unknown>[] = [];
    const walk = (one: unknown) => {
      if (typeof one !== 'object' || one === null) return;
      if (!Array.isArray(one)) places.push(one as Record<string, unknown>);
      for (const member of Object.values(one)) walk(member);
    };
    walk(copy);
    const place = places[at % places.length] ?? copy;
    const names = Object.keys(place);
    place[name ?? names[at % names.length] ?? 'strange'] = anything;
    return copy;
  });

describe('variables in plain form', () => {
  test('are taken as graphql-js takes them, and none is left to it', () => {
    fc.assert(
      fc.property(wellFormed, (given) => {
        expect(ours(given)).toEqual(theirs(given));
        expect(ours(given)).not.toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  test('are left to graphql-js wherever it finds something wrong, or takes them in another way', () => {
    let left = 0;
    fc.assert(
      fc.property(spoilt, (given) => {
        const taken = ours(given);
        if (taken) expect(taken).toEqual(theirs(given));
        else left++;
      }),
      { numRuns: 2_000 },
    );
    expect(left).toBeGreaterThan(500);
  });

  test.each<[string, Record<string, unknown>]>([
    ['a list of one without its brackets', { outer: { text: '' }, ids: 'one', colour: 'RED' }],
    ['a number as an id', { outer: { text: '', inner: { id: 1 } }, colour: 'RED' }],
    ['one of several', { outer: { text: '' }, choice: { a: 'x' }, colour: 'RED' }],
    ['a scalar of our own', { outer: { text: '', at: 'now' }, colour: 'RED' }],
    ['a default of the operation', { outer: { text: '' } }],
    ['a field that is not there', { outer: { text: '', __proto__x: 1 }, colour: 'RED' }],
    ['a missing one', { colour: 'RED' }],
  ])('are left to graphql-js: %s', (_what, given) => {
    expect(ours(given)).toBeNull();
  });

  test('are the defaults of the schema where nothing is given', () => {
    const given = { outer: { text: 'x', inner: { id: 'i' } }, colour: 'RED' };
    expect(ours(given)).toEqual({
      outer: { text: 'x', size: 7, inner: { id: 'i', colour: 'RED' } },
      colour: 'RED',
    });
  });

  test('is none where an operation has none', () => {
    const operation = { kind: Kind.OPERATION_DEFINITION, operation: OperationTypeNode.QUERY } as never;
    expect(plainVariables(schema, operation)({ more: 1 })).toEqual({});
  });
});
