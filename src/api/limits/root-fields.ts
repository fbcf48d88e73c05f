import type { FieldNode, OperationDefinitionNode, SelectionNode, SelectionSetNode } from 'graphql';
import { argumentValue, type Variables } from './page-size.ts';
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
