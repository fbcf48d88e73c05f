import { readFileSync } from 'node:fs';
import path from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import type { Context } from '../access/context.ts';
import { packageRoot } from '../package-root.ts';
import { limitFields } from './limits/enforce-rate-limits.ts';
import { declareLimits, type OperationLimits } from './limits/query-limits.ts';
import { resolvers } from './resolvers.ts';

/**
 * The contract in schema.graphql with every room's resolvers, and its rate limits before them. Throws where a resolver has no field in
 * the SDL. `limits`: what `serverInfo` says of operations.
 */
export function buildSchema(limits?: OperationLimits): GraphQLSchema {
  const schema = limitFields(
    makeExecutableSchema<Context>({
      typeDefs: readFileSync(path.join(packageRoot, 'schema.graphql'), 'utf8'),
      resolvers,
      resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
    }),
  );
  return limits ? declareLimits(schema, limits) : schema;
}
