import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
} from 'graphql';
import type { Dice } from './dice.ts';
import { anyText } from './texts.ts';

/** A value as it stands in a document, and as a variable. */
export interface Value {
  readonly literal: string;
  readonly json: unknown;
}

/** What the forum has, for operations that find something. */
export interface Known {
  readonly ids: readonly string[];
  readonly slugs: readonly string[];
  readonly cursors: readonly string[];
}

/** Stands in a request for a number that JSON has and JavaScript has not. */
export const INFINITE = '@infinite@';

const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown;
const ODD: readonly unknown[] = [
  null,
  true,
  '',
  'x',
  0,
  -1,
  0.5,
  1e308,
  2 ** 31,
  -(2 ** 31),
  2 ** 53,
  INFINITE,
  [],
  [null],
  {},
  [[[1]]],
  JSON.parse('{"__proto__": {"a": 1}, "constructor": null, "toString": 1}'),
  nested(2000),
  'x'.repeat(100_000),
];

/** A value that nobody would send. */
export const oddValue = (dice: Dice): unknown => dice.of(ODD);

const ODD_IDS = [
  '',
  'D_',
  'D_0',
  'X_01jdvawk00000000000000000d',
  'D_01jdvawk00000000000000000d',
  'C_zzzzzzzzzzzzzzzzzzzzzzzzzz',
  'd_01JDVAWK00000000000000000D',
];

/** A value of a type, most often a valid one. `name`: of the argument or field that it is for. */
export function anyValue(dice: Dice, known: Known, type: GraphQLInputType, name: string): Value {
  if (dice.chance(0.02)) return jsonValue(oddValue(dice));
  if (isNonNullType(type)) return anyValue(dice, known, type.ofType, name);
  if (dice.chance(0.03)) return jsonValue(null);
  if (isListType(type)) {
    const length = dice.chance(0.05) ? dice.of([0, 99, 100, 101, 1000]) : 1 + dice.below(4);
    const all = Array.from({ length }, () => anyValue(dice, known, type.ofType, name));
    return { literal: `[${all.map((one) => one.literal).join(' ')}]`, json: all.map((one) => one.json) };
  }
  if (isEnumType(type)) {
    const member = dice.of(type.getValues()).name;
    return { literal: member, json: member };
  }
  if (isInputObjectType(type)) {
    const members = Object.values(type.getFields()).filter(
      (field) => dice.chance(0.35) || (isNonNullType(field.type) && dice.chance(0.97)),
    );
    const values = members.map(
      (field) => [field.name, anyValue(dice, known, field.type, field.name)] as const,
    );
    if (dice.chance(0.01)) values.push(['__proto__', jsonValue(1)]);
    return {
      literal: `{ ${values.map(([key, { literal }]) => `${key}: ${literal}`).join(' ')} }`,
      json: JSON.parse(
        `{${values.map(([key, { json }]) => `${JSON.stringify(key)}:${JSON.stringify(json)}`)}}`,
      ),
    };
  }
  return isScalarType(type) ? jsonValue(scalarOf(dice, known, type.name, name)) : jsonValue(null);
}

function scalarOf(dice: Dice, known: Known, type: string, name: string): unknown {
  if (type === 'Int') {
    if (/^(first|last)$/.test(name)) return dice.of([1, 2, 3, 5, 20, 100, 100, 0, -1, 101]);
    return dice.of([0, 1, 2, 5, 100, -1, 2 ** 31 - 1]);
  }
  if (type === 'Float') return dice.of([0, 0.1, -1e300]);
  if (type === 'Boolean') return dice.chance(0.5);
  if (type === 'DateTime')
    return dice.of([
      '2026-11-24T00:00:00Z',
      '2126-01-01T00:00:00.123+14:00',
      '0000-01-01T00:00:00Z',
      '9999-12-31T23:59:59Z',
    ]);
  if (type === 'URI')
    return dice.of([
      'https://a.example/x',
      'http://localhost:1',
      'x',
      'data:,a',
      `https://a/${'x'.repeat(1990)}`,
    ]);
  if (type === 'ID')
    return dice.chance(0.85) ? dice.of(known.ids) : dice.chance(0.5) ? dice.of(ODD_IDS) : anyText(dice);
  if (/slug/i.test(name)) return dice.chance(0.8) ? dice.of(known.slugs) : anyText(dice);
  if (/^(after|before)$/.test(name)) return dice.chance(0.8) ? dice.of(known.cursors) : anyText(dice);
  return anyText(dice);
}

const jsonValue = (json: unknown): Value => ({ literal: literalOf(json), json });

function literalOf(json: unknown): string {
  if (json === INFINITE) return '1e999';
  if (Array.isArray(json)) return `[${json.map(literalOf).join(' ')}]`;
  if (typeof json !== 'object' || json === null) return JSON.stringify(json);
  return `{ ${Object.entries(json)
    .map(([key, value]) => `${key}: ${literalOf(value)}`)
    .join(' ')} }`;
}
