import { execute, type GraphQLSchema } from 'graphql';
import type { Executor } from '../../src/graphql/execution/index.ts';

/** graphql-js itself. Nobody tells it which columns are selected, so rows are whole. */
export function createExecutor(schema: GraphQLSchema): Executor {
  return {
    execute: ({ document, operationName, variables, context, root }) =>
      execute({
        ...{ schema, document, contextValue: context, rootValue: root },
        ...{ operationName: operationName ?? null, variableValues: variables ?? null },
      }),
  };
}
