import type { GraphQLSchema } from 'graphql';
import type { QueryLimits as ShownQueryLimits } from '../../generated/graphql.ts';
import {
  DEFAULT_QUERY_LIMITS,
  QUERY_DIRECTIVES_MAX,
  QUERY_FIELDS_MAX,
  QUERY_ROOT_FIELDS_MAX,
  QUERY_TOKENS_MAX,
  type QueryLimits,
} from './query-limits.ts';

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

const noted = new WeakMap<GraphQLSchema, OperationLimits>();

/** Notes with a schema what its server allows, for `serverInfo` to say. */
export function noteLimits(schema: GraphQLSchema, limits: OperationLimits): GraphQLSchema {
  noted.set(schema, limits);
  return schema;
}

/** What `serverInfo` says of operations on this schema. */
export function notedLimits(schema: GraphQLSchema): ShownQueryLimits {
  const { queryLimits, pointsPerMinute } = noted.get(schema) ?? NOTHING_NOTED;
  return { ...shownLimits(queryLimits), pointsPerMinute };
}

const NOTHING_NOTED: OperationLimits = { queryLimits: DEFAULT_QUERY_LIMITS, pointsPerMinute: null };
