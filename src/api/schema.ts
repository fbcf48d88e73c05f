import { readFileSync } from 'node:fs';
import path from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import type { Context } from '../access/context.ts';
import { packageRoot } from '../package-root.ts';
import { nullMeansDefault } from './argument-defaults.ts';
import { describeLimits } from './described-schema.ts';
import { limitFields } from './limits/enforce-rate-limits.ts';
import { declareLimits, type OperationLimits } from './limits/query-limits.ts';
import { resolvers } from './resolvers.ts';

/**
 * Builds the schema from schema.graphql and the resolvers of every module, with rate limits. Throws if a resolver has
 * no field in the SDL. `limits` are shown in `serverInfo`.
 */
export function buildSchema(limits?: OperationLimits): GraphQLSchema {
  const executable = makeExecutableSchema<Context>({
    typeDefs: readFileSync(path.join(packageRoot, 'schema.graphql'), 'utf8'),
    resolvers,
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
  });
  const schema = describeLimits(limitFields(nullMeansDefault(executable)));
  return limits ? declareLimits(schema, limits) : schema;
}
