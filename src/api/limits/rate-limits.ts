// The allowances that `@rateLimit` declares in the SDL. They are counted for the viewer and for the client's address.
import {
  type GraphQLObjectType,
  type GraphQLSchema,
  getDirectiveValues,
  type OperationDefinitionNode,
} from 'graphql';
import { addressBlock } from '../../access/address-block.ts';
import type { Context } from '../../access/context.ts';
import { type Allowance, type AllowanceLeft, NO_LIMITS } from '../../access/limiter.ts';
import type { RateLimit } from '../../generated/graphql.ts';
import type { CoercedOperation, Operation, Variables } from '../operation.ts';
import { fragmentsOf } from './query-cost.ts';
import { rootFieldsOf } from './root-fields.ts';

/** The allowance of an address is larger by this factor, because an office or a school may share one address. */
const ADDRESS_FACTOR = 5;

type Allowances = ReadonlyMap<string, Allowance>;

const known = new WeakMap<GraphQLObjectType, Allowances>();

/** The allowances of a root type's fields by name. */
export function rateLimitsOf(schema: GraphQLSchema, type: GraphQLObjectType): Allowances {
  const read = known.get(type) ?? readRateLimits(schema, type);
  known.set(type, read);
  return read;
}

/** The types whose fields can be rate-limited. */
export function limitedTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  return [schema.getMutationType(), schema.getQueryType()].filter((type) => type != null);
}

function readRateLimits(schema: GraphQLSchema, type: GraphQLObjectType): Allowances {
  const directive = schema.getDirective('rateLimit');
  return new Map(
    Object.values(type.getFields()).flatMap(({ name, astNode }) => {
      const values = directive && astNode && getDirectiveValues(directive, astNode);
      return values
        ? [[name, { points: Number(values['limit']), perSeconds: Number(values['windowSeconds']) }]]
        : [];
    }),
  );
}

/** The rate-limited root fields of each operation, whatever its variables: documents are cached. */
const limited = new WeakMap<OperationDefinitionNode, readonly string[]>();

/** Whether an operation has rate-limited root fields. */
export function hasLimitedFields(schema: GraphQLSchema, operation: Operation): boolean {
  const names = limited.get(operation.definition) ?? readLimitedFields(schema, operation);
  limited.set(operation.definition, names);
  return names.length > 0;
}

/**
 * The rate-limited root fields that an operation runs, one entry for each run: those that directives skip are omitted,
 * and a field that is selected twice under one name runs once.
 */
export function limitedFieldsOf(schema: GraphQLSchema, operation: CoercedOperation): readonly string[] {
  return hasLimitedFields(schema, operation) ? readLimitedFields(schema, operation, operation.coerced) : [];
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

/** The rate limits for `serverInfo`. Empty if limits are off. */
export function rateLimitsForClients(
  { limiter }: Pick<Context, 'limiter'>,
  schema: GraphQLSchema,
): RateLimit[] {
  if (limiter === NO_LIMITS) return [];
  return limitedTypes(schema)
    .flatMap((type) => [...rateLimitsOf(schema, type)])
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([field, { points, perSeconds }]) => ({ field, limit: points, windowSeconds: perSeconds }));
}

/** A key under which uses are counted, and the factor of its allowance. */
export interface Counted {
  readonly key: string;
  readonly factor: number;
}

type Client = Pick<Context, 'countedAs' | 'address' | 'limiter'>;

/** Every use counts for the viewer (or guest) and for the address. */
export function countedOf({ countedAs, address }: Omit<Client, 'limiter'>): Counted[] {
  return [
    { key: countedAs, factor: 1 },
    { key: `address ${addressBlock(address)}`, factor: ADDRESS_FACTOR },
  ];
}

/**
 * Consumes points of an allowance, for the client and for its address. Returns the scarcer of the two. Throws
 * RATE_LIMITED.
 */
export async function consumePoints(
  client: Client,
  what: string,
  allowance: Allowance,
  points = 1,
): Promise<AllowanceLeft> {
  const left: AllowanceLeft[] = [];
  for (const { key, factor } of countedOf(client))
    left.push(await client.limiter.consume(what, key, times(allowance, factor), points));
  return scarcer(left, allowance);
}

/** What the client has left of an allowance. Consumes nothing. */
export async function pointsLeft(client: Client, what: string, allowance: Allowance): Promise<AllowanceLeft> {
  const left = await Promise.all(
    countedOf(client).map(({ key, factor }) => client.limiter.left(what, key, times(allowance, factor))),
  );
  return scarcer(left, allowance);
}

function times({ points, perSeconds }: Allowance, factor: number): Allowance {
  return { points: points * factor, perSeconds };
}

/** The scarcer of the two, in terms of the client's own allowance. */
export function scarcer(found: readonly AllowanceLeft[], { points, perSeconds }: Allowance): AllowanceLeft {
  const { left, resetsInMs } = found.reduce((one, other) => (other.left < one.left ? other : one));
  return { points, perSeconds, left, resetsInMs };
}
