import type { GraphQLSchema } from 'graphql';
import type { QueryLimits as ShownQueryLimits } from '../../generated/graphql.ts';

/** What one operation may ask for. The operator sets the first three; what stands below needs no setting. */
export interface QueryLimits {
  /** How deep selections nest. */
  readonly depthMax: number;
  /** How many objects the pages that are asked for could hold. */
  readonly nodesMax: number;
  /** How many fields are asked for under another name. */
  readonly aliasesMax: number;
}

/** Depth: replies of ten levels, each with its `nodes`, and what stands around them. Nodes: several full pages of pages. */
export const DEFAULT_QUERY_LIMITS: QueryLimits = { depthMax: 30, nodesMax: 50_000, aliasesMax: 50 };

/** The most lexical tokens that an operation may have: four times the introspection query, parsed in under 5 ms. */
export const QUERY_TOKENS_MAX = 2000;
/** Fields with all fragments written out: a fragment that spreads others twice doubles them with every level. */
export const QUERY_FIELDS_MAX = 2000;
/** Each is an entry point of its own; a page of a front end takes a handful. */
export const QUERY_ROOT_FIELDS_MAX = 50;
/** Enough for one `@include` on every part of a page; each costs an evaluation. */
export const QUERY_DIRECTIVES_MAX = 100;

/** How many nodes one point of the allowance pays for: a page of a front end costs about one. */
export const NODES_A_POINT = 100;

/** All limits of an operation by the names that clients see, in `extensions.cost` and in `serverInfo`. */
export function shownLimits({ depthMax, nodesMax, aliasesMax }: QueryLimits) {
  return {
    nodes: nodesMax,
    depth: depthMax,
    aliases: aliasesMax,
    fields: QUERY_FIELDS_MAX,
    rootFields: QUERY_ROOT_FIELDS_MAX,
    directives: QUERY_DIRECTIVES_MAX,
    tokens: QUERY_TOKENS_MAX,
  } satisfies Omit<ShownQueryLimits, 'pointsPerMinute'>;
}

/** What the settings say of operations. */
export interface OperationLimits {
  readonly queryLimits: QueryLimits;
  /** Null: no limit. */
  readonly pointsPerMinute: number | null;
}

const declared = new WeakMap<GraphQLSchema, OperationLimits>();

/** Declares for a schema what its server allows, for `serverInfo` to say. */
export function declareLimits(schema: GraphQLSchema, limits: OperationLimits): GraphQLSchema {
  declared.set(schema, limits);
  return schema;
}

/** What `serverInfo` says of operations on this schema. */
export function declaredLimits(schema: GraphQLSchema): ShownQueryLimits {
  const { queryLimits, pointsPerMinute } = declared.get(schema) ?? DEFAULT_LIMITS;
  return { ...shownLimits(queryLimits), pointsPerMinute };
}

const DEFAULT_LIMITS: OperationLimits = { queryLimits: DEFAULT_QUERY_LIMITS, pointsPerMinute: null };
