import { GraphQLError, type OperationTypeNode, type ValidationRule } from 'graphql';

/**
 * Validates that the schema has a type for each operation of a document. graphql-js 16 notices the lack of one only
 * when it executes the operation, and its other rules skip fields whose parent type they don't know.
 */
export const operationTypesRule: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (context.getSchema().getRootType(node.operation)) return;
    context.reportError(new GraphQLError(unsupported(node.operation), { nodes: node }));
  },
});

const unsupported = (operation: OperationTypeNode) =>
  `The schema has no ${operation} type: ${operation} operations are not supported.`;
