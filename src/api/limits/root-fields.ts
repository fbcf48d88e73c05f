import type {
  FieldNode,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { Refusal } from '../../access/errors.ts';
import type { Variables } from '../operation.ts';
import { argumentValue } from './page-size.ts';
import type { Fragments } from './query-shape.ts';

/**
 * The root fields of an operation, including those in fragments. With `variables`, fields that `@skip` and `@include`
 * exclude are omitted; they must be coerced.
 */
export function rootFieldsOf(
  operation: OperationDefinitionNode,
  fragments: Fragments,
  variables?: Variables,
): FieldNode[] {
  const isExcluded = (selection: SelectionNode) =>
    variables !== undefined &&
    (selection.directives ?? []).some(({ name, arguments: args = [] }) => {
      if (name.value !== 'skip' && name.value !== 'include') return false;
      const condition = args.find((argument) => argument.name.value === 'if');
      const value = condition && argumentValue(condition.value)(variables);
      return value === (name.value === 'skip');
    });
  const ofSet = (set: SelectionSetNode): FieldNode[] =>
    set.selections.flatMap((selection) => {
      if (isExcluded(selection)) return [];
      if (selection.kind === 'Field') return [selection];
      if (selection.kind === 'InlineFragment') return ofSet(selection.selectionSet);
      const fragment = fragments.get(selection.name.value);
      return fragment ? ofSet(fragment.selectionSet) : [];
    });
  return ofSet(operation.selectionSet);
}

/**
 * Throws FIELD_NOT_ALONE if a field marked `@alone` is not the only root field or has an alias: with a hundred
 * aliases, one request could try a hundred passwords.
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
    'FIELD_NOT_ALONE',
    `\`${alone.name.value}\` must be the only field of its operation, without an alias.`,
  );
}
