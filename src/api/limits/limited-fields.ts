import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Variables } from './page-size.ts';
import { fragmentsOf } from './query-cost.ts';
import { rateLimitsOf } from './rate-limits.ts';
import { rootFieldsOf } from './root-fields.ts';

/** What is so whatever the variables are; of documents that Apollo keeps from one request to the next. */
const named = new WeakMap<OperationDefinitionNode, readonly string[]>();

/**
 * The names of an operation's root fields that have a rate of their own, one for each time that they run; `variables`:
 * without those that directives leave out. A field that is asked for twice under one name runs once.
 */
export function limitedFieldsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables?: Variables,
): readonly string[] {
  const all = named.get(operation) ?? readLimitedFields(schema, document, operation);
  named.set(operation, all);
  return all.length === 0 || !variables ? all : readLimitedFields(schema, document, operation, variables);
}

function readLimitedFields(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables?: Variables,
): readonly string[] {
  const type = schema.getRootType(operation.operation);
  const allowances = type && rateLimitsOf(schema, type);
  if (!allowances || allowances.size === 0) return [];
  const fields = rootFieldsOf(operation, fragmentsOf(document, operation), variables);
  const byResponseName = new Map(fields.map(({ alias, name }) => [(alias ?? name).value, name.value]));
  return [...byResponseName.values()].filter((name) => allowances.has(name));
}
