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
 * The fields at an operation's root, those in fragments included; `variables`: without those that `@skip` and
 * `@include` leave out.
 */
export function rootFieldsOf(
  operation: OperationDefinitionNode,
  fragments: Fragments,
  variables?: Variables,
): FieldNode[] {
  const isLeftOut = (selection: SelectionNode) =>
    variables !== undefined &&
    (selection.directives ?? []).some(({ name, arguments: given = [] }) => {
      if (name.value !== 'skip' && name.value !== 'include') return false;
      const condition = given.find((argument) => argument.name.value === 'if');
      const value = condition && argumentValue(condition.value, operation)(variables);
      return value === (name.value === 'skip');
    });
  const ofSet = (set: SelectionSetNode): FieldNode[] =>
    set.selections.flatMap((selection) => {
      if (isLeftOut(selection)) return [];
      if (selection.kind === 'Field') return [selection];
      if (selection.kind === 'InlineFragment') return ofSet(selection.selectionSet);
      const fragment = fragments.get(selection.name.value);
      return fragment ? ofSet(fragment.selectionSet) : [];
    });
  return ofSet(operation.selectionSet);
}

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
