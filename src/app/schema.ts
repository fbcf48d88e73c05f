import { readFileSync } from 'node:fs';
import path from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import type { Context } from '../kit/context.ts';
import { packageRoot } from '../kit/package-root.ts';
import { resolvers } from './resolvers.ts';

/** The contract in schema.graphql with every room's resolvers. Throws where a resolver has no field in the SDL. */
export function buildSchema(): GraphQLSchema {
  return makeExecutableSchema<Context>({
    typeDefs: readFileSync(path.join(packageRoot, 'schema.graphql'), 'utf8'),
    resolvers,
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
  });
}
