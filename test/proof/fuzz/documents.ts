import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Dice } from './dice.ts';
import { anyValue, type Known, oddValue } from './values.ts';

/** What operations are made from. */
export interface Material {
  readonly schema: GraphQLSchema;
  readonly known: Known;
}

/** A document under way: its variables and fragments come after the selections that use them. */
export interface Draft extends Material {
  readonly dice: Dice;
  readonly declared: string[];
  readonly variables: [name: string, json: unknown][];
  readonly fragments: string[];
  /** The fields that may still be added. */
  left: number;
}

/** Fields whose work is slow on purpose, such as a password's hash. They are chosen less often. */
const SLOW = /^(createAccount|signIn|changePassword|resetPassword)$/;
/** The characters of a field under many names. Nested in each other, they would be more than a string can have. */
const REPEATED_CHARS_MAX = 300_000;

/** A selection set of a type, `depth` levels deep at most. */
export function selectionsOf(draft: Draft, type: GraphQLCompositeType, depth: number): string {
  const { dice, schema } = draft;
  if (isAbstractType(type) && dice.chance(0.85)) {
    const members = schema.getPossibleTypes(type).filter(() => dice.chance(0.4));
    const parts = members.map((one) => `... on ${one.name} ${selectionsOf(draft, one, depth)}`);
    return `{ __typename ${parts.join(' ')} }`;
  }
  const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  if (fields.length === 0) return '{ __typename }'; // a union
  const nesting = fields.filter((field) => isCompositeType(getNamedType(field.type)));
  const parts: string[] = [];
  const count = 1 + dice.below(dice.chance(0.1) ? fields.length : 4);
  for (let n = 0; n < count && draft.left > 0; n++) {
    // pages lead to more than values do
    const field = dice.of(nesting.length > 0 && depth > 1 && dice.chance(0.5) ? nesting : fields);
    if (SLOW.test(field.name) && dice.chance(0.8)) continue;
    const part = fieldOf(draft, field, depth, parts.length);
    if (part !== null) parts.push(part);
  }
  if (dice.chance(0.02))
    parts.push(dice.of(['nothing', 'id(x: 1)', '__typename', '__type', 'constructor', '...Nothing']));
  if (parts.length === 0) parts.push('__typename');
  const body = `{ ${parts.join(' ')} }`;
  if (!dice.chance(0.1)) return body;
  if (dice.chance(0.5)) return `{ ... on ${type.name}${directivesOf(draft)} ${body} }`;
  const name = `F${draft.fragments.length}`;
  draft.fragments.push(`fragment ${name} on ${dice.chance(0.02) ? 'Author' : type.name} ${body}`);
  return `{ ...${name}${directivesOf(draft)}${dice.chance(0.2) ? ` ...${name}` : ''} }`;
}

function fieldOf(
  draft: Draft,
  field: GraphQLField<unknown, unknown>,
  depth: number,
  at: number,
): string | null {
  const { dice } = draft;
  const target = getNamedType(field.type);
  const isComposite = isCompositeType(target);
  if (isComposite && depth <= 1) return null;
  draft.left--;
  const below = isComposite && !dice.chance(0.005) ? ` ${selectionsOf(draft, target, depth - 1)}` : '';
  const one = () => `${field.name}${argumentsOf(draft, field.args)}${directivesOf(draft)}${below}`;
  if (dice.chance(0.02)) {
    // the same field under many names
    const times = Math.min(2 + dice.below(60), Math.max(1, Math.floor(REPEATED_CHARS_MAX / one().length)));
    draft.left -= times;
    return Array.from({ length: times }, (_, n) => `a${at}_${n}: ${one()}`).join(' ');
  }
  // without a name of its own, a second one with other arguments would be refused
  const alias =
    field.args.length > 0 && dice.chance(0.9) ? `a${at}: ` : dice.chance(0.05) ? '__proto__: ' : '';
  return `${alias}${one()}`;
}

function argumentsOf(draft: Draft, args: readonly GraphQLArgument[]): string {
  const { dice, known } = draft;
  const isBackward = dice.chance(0.3);
  const given = args.filter(({ name, type }) => {
    if (isNonNullType(type)) return dice.chance(0.98);
    if (/^(first|after)$/.test(name)) return dice.chance(isBackward ? 0.02 : 0.4);
    if (/^(last|before)$/.test(name)) return dice.chance(isBackward ? 0.5 : 0.02);
    return dice.chance(0.4);
  });
  const written = given.map(({ name, type }) => {
    const value = anyValue(dice, known, type, name);
    if (!dice.chance(0.4)) return `${name}: ${value.literal}`;
    const variable = dice.chance(0.03)
      ? dice.of(['__proto__', 'toString', 'constructor'])
      : `v${draft.declared.length}`;
    const declared = dice.chance(0.03)
      ? dice.of(['Int', 'String!', '[ID!]!', 'Nothing', 'HTML', 'Author'])
      : String(type);
    const fallback = dice.chance(0.1) ? ` = ${value.literal}` : '';
    draft.declared.push(`$${variable}: ${declared}${fallback}`);
    if (!dice.chance(0.05)) draft.variables.push([variable, dice.chance(0.08) ? oddValue(dice) : value.json]);
    return `${name}: $${variable}`;
  });
  if (dice.chance(0.01)) written.push(dice.of(['first: 1', 'nothing: 1', 'id: $undeclared']));
  return written.length > 0 ? `(${written.join(' ')})` : '';
}

function directivesOf(draft: Draft): string {
  const { dice } = draft;
  if (!dice.chance(0.05)) return '';
  const times = dice.chance(0.05) ? dice.of([5, 6, 200]) : 1;
  const condition = () => {
    if (dice.chance(0.7)) return String(dice.chance(0.8));
    const name = `c${draft.declared.length}`;
    draft.declared.push(`$${name}: Boolean${dice.chance(0.8) ? '!' : ''}`);
    draft.variables.push([name, dice.chance(0.9) ? dice.chance(0.5) : oddValue(dice)]);
    return `$${name}`;
  };
  const one = () =>
    dice.of([`@include(if: ${condition()})`, `@skip(if: ${condition()})`, '@nothing', '@alone', '@include']);
  return ` ${Array.from({ length: times }, one).join(' ')}`;
}
