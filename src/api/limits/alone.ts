import type { FieldNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { Refusal } from '../../access/errors.ts';

/**
 * Throws QUERY_TOO_COMPLEX where a field that is marked `@alone` has company or another name: under a hundred aliases
 * one request would try a hundred passwords.
 */
export function checkAlone(
  schema: GraphQLSchema,
  { operation }: OperationDefinitionNode,
  rootFields: readonly FieldNode[],
): void {
  const fields = schema.getRootType(operation)?.getFields();
  const isAlone = ({ name }: FieldNode) =>
    fields?.[name.value]?.astNode?.directives?.some((directive) => directive.name.value === 'alone') ?? false;
  const alone = rootFields.find(isAlone);
  if (!alone) return;
  const others = rootFields.filter((field) => field !== alone && field.name.value !== '__typename');
  if (others.length === 0 && !alone.alias) return;
  throw new Refusal(
    'QUERY_TOO_COMPLEX',
    `\`${alone.name.value}\` must be the only field of its operation, without an alias.`,
  );
}
