import {
  type FieldNode,
  type GraphQLField,
  getNullableType,
  isListType,
  type OperationDefinitionNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../graphql/connections/page-args.ts';
import type { Variables } from '../operation.ts';

/** How many members a list could have: always so many, or by an operation's variables. */
export type PageSize = number | ((variables: Variables) => number);

/** A list that takes no page arguments, such as a discussion's tags, is bounded where it is written: about so many. */
const SHORT_LIST_SIZE = 10;

/** How a field's list is as long as it is; null: the field is no list, or the `nodes` or `edges` of one that was counted. */
export function pageSizeOf(
  typeName: string,
  definition: GraphQLField<unknown, unknown>,
  field: FieldNode,
  operation: OperationDefinitionNode,
): PageSize | null {
  const size = readSize(typeName, definition, field, operation);
  const isVariable = field.arguments?.some(
    ({ name, value }) => ['first', 'last', 'ids'].includes(name.value) && value.kind === 'Variable',
  );
  return size === null || isVariable ? size : size({});
}

function readSize(
  typeName: string,
  definition: GraphQLField<unknown, unknown>,
  field: FieldNode,
  operation: OperationDefinitionNode,
): Exclude<PageSize, number> | null {
  const given = (name: string) => {
    const argument = definition.args.find((one) => one.name === name);
    if (!argument) return null;
    const node = field.arguments?.find((one) => one.name.value === name)?.value;
    return node ? argumentValue(node, operation) : () => argument.defaultValue;
  };
  const ids = given('ids');
  if (ids) return (variables) => lengthOf(ids(variables));
  const first = given('first');
  if (first) {
    const last = given('last');
    return (variables) => bounded(last?.(variables) ?? first(variables));
  }
  const isShortList = isListType(getNullableType(definition.type)) && !typeName.endsWith('Connection');
  return isShortList ? () => SHORT_LIST_SIZE : null;
}

function lengthOf(ids: unknown): number {
  return Array.isArray(ids) ? Math.min(ids.length, PAGE_SIZE_MAX) : 1;
}

/** Whatever is no size is refused later, with the argument's name: here it counts as what it would be if it were one. */
function bounded(size: unknown): number {
  if (typeof size !== 'number' || Number.isNaN(size)) return PAGE_SIZE_DEFAULT;
  return Math.max(0, Math.min(size, PAGE_SIZE_MAX));
}

/** What an argument will be: a literal, a variable, or the variable's default. */
export function argumentValue(
  node: ValueNode,
  operation: OperationDefinitionNode,
): (variables: Variables) => unknown {
  if (node.kind !== 'Variable') {
    if (node.kind !== 'ListValue') {
      const value = valueFromASTUntyped(node);
      return () => value;
    }
    // only the length of a list counts, whatever its members are
    return () => node.values;
  }
  const name = node.name.value;
  const definition = operation.variableDefinitions?.find((one) => one.variable.name.value === name);
  const fallback = definition?.defaultValue && valueFromASTUntyped(definition.defaultValue);
  return (variables) => (variables[name] === undefined ? fallback : variables[name]);
}
