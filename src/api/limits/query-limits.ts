import type { GraphQLSchema } from 'graphql';
import type { QueryLimits as QueryLimitsForClients } from '../../generated/graphql.ts';

/** The limits of one operation that the operator sets. The constants below need no setting. */
export interface QueryLimits {
  /** The maximum nesting of selections. */
  readonly depthMax: number;
  /** The maximum number of objects in the answer. */
  readonly nodesMax: number;
  /** The maximum number of aliased fields. */
  readonly aliasesMax: number;
  /** The maximum size of the answer. */
  readonly answerBytesMax: number;
}

/**
 * Depth: ten levels of replies, each with its `nodes`, and the fields around them. Nodes: several nested full pages.
 * Bytes: a full page of the longest texts that people write.
 */
export const DEFAULT_QUERY_LIMITS: QueryLimits = {
  ...{ depthMax: 30, nodesMax: 50_000, aliasesMax: 50 },
  answerBytesMax: 8 * 1024 * 1024,
};

/** The maximum number of lexical tokens: four times the introspection query, parsed in under 5 ms. */
export const QUERY_TOKENS_MAX = 2000;
/**
 * The maximum number of fields after fragments are expanded. A fragment that spreads another one twice doubles its
 * fields.
 */
export const QUERY_FIELDS_MAX = 2000;
/** The maximum number of root fields. A front end's page selects a handful. */
export const QUERY_ROOT_FIELDS_MAX = 50;
/** The maximum number of directives: one `@include` for every part of a page. Each costs an evaluation. */
export const QUERY_DIRECTIVES_MAX = 100;

/** All limits of an operation under the names that `extensions.cost` and `serverInfo` use. */
export function limitsForClients({ depthMax, nodesMax, aliasesMax, answerBytesMax }: QueryLimits) {
  return {
    nodes: nodesMax,
    depth: depthMax,
    aliases: aliasesMax,
    fields: QUERY_FIELDS_MAX,
    rootFields: QUERY_ROOT_FIELDS_MAX,
    directives: QUERY_DIRECTIVES_MAX,
    tokens: QUERY_TOKENS_MAX,
    responseBytes: answerBytesMax,
  } satisfies Omit<QueryLimitsForClients, 'pointsPerMinute'>;
}

/** The limits of operations, as the settings define them. */
export interface OperationLimits {
  readonly queryLimits: QueryLimits;
  /** Null if there is no limit. */
  readonly pointsPerMinute: number | null;
}

const declared = new WeakMap<GraphQLSchema, OperationLimits>();

/** Attaches a server's limits to its schema, for `serverInfo`. */
export function declareLimits(schema: GraphQLSchema, limits: OperationLimits): GraphQLSchema {
  declared.set(schema, limits);
  return schema;
}

/** The limits of operations on this schema, for `serverInfo`. */
export function declaredLimits(schema: GraphQLSchema): QueryLimitsForClients {
  const { queryLimits, pointsPerMinute } = declared.get(schema) ?? DEFAULT_LIMITS;
  return { ...limitsForClients(queryLimits), pointsPerMinute };
}

const DEFAULT_LIMITS: OperationLimits = { queryLimits: DEFAULT_QUERY_LIMITS, pointsPerMinute: null };
