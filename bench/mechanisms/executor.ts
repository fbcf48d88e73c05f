import { execute, type GraphQLSchema, getOperationAST } from 'graphql';
import type { Asked, Executor } from '../../src/graphql/execution/executor.ts';

/** graphql-js itself. Nobody tells it which columns are selected, so rows are whole. */
export function createExecutor(schema: GraphQLSchema): Executor {
  const run = ({ document, operationName, variables }: Asked, contextValue: unknown, rootValue: unknown) =>
    execute({
      ...{ schema, document, contextValue, rootValue },
      ...{ operationName: operationName ?? null, variableValues: variables ?? null },
    });
  return {
    execute: (execution) => run(execution, execution.context, execution.root),
    prepare: (asked) => {
      const operation = getOperationAST(asked.document, asked.operationName);
      return operation ? { operation, run: (context, root) => run(asked, context, root) } : null;
    },
  };
}
