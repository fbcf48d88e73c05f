// What `@rateLimit` in the SDL says, and how it is counted: for whoever asks, and for the address that they ask from.
import {
  type GraphQLObjectType,
  type GraphQLSchema,
  getDirectiveValues,
  type OperationDefinitionNode,
} from 'graphql';
import { addressBlock } from '../../access/address-block.ts';
import type { Context } from '../../access/context.ts';
import { type Allowance, type AllowanceLeft, type Limiter, NO_LIMITS } from '../../access/limiter.ts';
import type { RateLimit } from '../../generated/graphql.ts';
import type { Operation, Variables } from '../operation.ts';
import { fragmentsOf } from './query-cost.ts';
import { rootFieldsOf } from './root-fields.ts';

/** An office or a school is one address, and not everybody in it writes at once. */
export const ADDRESS_FACTOR = 5;

type Allowances = ReadonlyMap<string, Allowance>;

const known = new WeakMap<GraphQLObjectType, Allowances>();

/** The allowances of a root type's fields by name. */
export function rateLimitsOf(schema: GraphQLSchema, type: GraphQLObjectType): Allowances {
  const read = known.get(type) ?? readRateLimits(schema, type);
  known.set(type, read);
  return read;
}

/** The types whose fields may have allowances. */
export function limitedTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  return [schema.getMutationType(), schema.getQueryType()].filter((type) => type != null);
}

function readRateLimits(schema: GraphQLSchema, type: GraphQLObjectType): Allowances {
  const directive = schema.getDirective('rateLimit');
  return new Map(
    Object.values(type.getFields()).flatMap(({ name, astNode }) => {
      const values = directive && astNode && getDirectiveValues(directive, astNode);
      return values ? [[name, { points: Number(values['points']), perSeconds: Number(values['per']) }]] : [];
    }),
  );
}

/** The names of limited root fields whatever the variables are, by operation: documents are cached. */
const limited = new WeakMap<OperationDefinitionNode, readonly string[]>();

/** Whether any root field of an operation has a rate of its own. */
export function hasLimitedFields(schema: GraphQLSchema, operation: Operation): boolean {
  const names = limited.get(operation.definition) ?? readLimitedFields(schema, operation);
  limited.set(operation.definition, names);
  return names.length > 0;
}

/**
 * The names of an operation's root fields that have a rate of their own, one for each time that they run: without those
 * that directives omit. A field that is selected twice under one name runs once.
 */
export function limitedFieldsOf(schema: GraphQLSchema, operation: Operation): readonly string[] {
  return hasLimitedFields(schema, operation) ? readLimitedFields(schema, operation, operation.variables) : [];
}

function readLimitedFields(
  schema: GraphQLSchema,
  { document, definition }: Operation,
  variables?: Variables,
): readonly string[] {
  const type = schema.getRootType(definition.operation);
  const allowances = type && rateLimitsOf(schema, type);
  if (!allowances || allowances.size === 0) return [];
  const fields = rootFieldsOf(definition, fragmentsOf(document, definition), variables);
  const byResponseName = new Map(fields.map(({ alias, name }) => [(alias ?? name).value, name.value]));
  return [...byResponseName.values()].filter((name) => allowances.has(name));
}

/** What `serverInfo` says of rates; nothing where limits are off. */
export function shownRateLimits({ limiter }: Pick<Context, 'limiter'>, schema: GraphQLSchema): RateLimit[] {
  if (limiter === NO_LIMITS) return [];
  return limitedTypes(schema)
    .flatMap((type) => [...rateLimitsOf(schema, type)])
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([field, { points, perSeconds: per }]) => ({ field, points, per }));
}

/** Who is counted, as the keys of allowances. */
export interface Counted {
  readonly key: string;
  readonly factor: number;
}

export type Asker = Pick<Context, 'countedAs' | 'address'>;

/** The two that a use is counted for. */
export function countedOf({ countedAs, address }: Asker): Counted[] {
  return [
    { key: countedAs, factor: 1 },
    { key: `address ${addressBlock(address)}`, factor: ADDRESS_FACTOR },
  ];
}

/**
 * Takes points of what the asker may do of `what`, for them and for their address. Answers the scarcer of the two.
 * Throws RATE_LIMITED.
 */
export async function consumePoints(
  limiter: Limiter,
  asker: Asker,
  what: string,
  allowance: Allowance,
  points = 1,
): Promise<AllowanceLeft> {
  const left: AllowanceLeft[] = [];
  for (const { key, factor } of countedOf(asker))
    left.push(await limiter.consume(what, key, times(allowance, factor), points));
  return scarcer(left, allowance);
}

/** What the asker has left of an allowance, with nothing taken. */
export async function pointsLeft(
  limiter: Limiter,
  asker: Asker,
  what: string,
  allowance: Allowance,
): Promise<AllowanceLeft> {
  const left = await Promise.all(
    countedOf(asker).map(({ key, factor }) => limiter.left(what, key, times(allowance, factor))),
  );
  return scarcer(left, allowance);
}

function times({ points, perSeconds }: Allowance, factor: number): Allowance {
  return { points: points * factor, perSeconds };
}

/** As if the asker's own were the only one: their address may leave them less than that, never more. */
export function scarcer(found: readonly AllowanceLeft[], { points, perSeconds }: Allowance): AllowanceLeft {
  const { left, resetsInMs } = found.reduce((one, other) => (other.left < one.left ? other : one));
  return { points, perSeconds, left, resetsInMs };
}
