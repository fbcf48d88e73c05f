import {
  type FieldNode,
  type GraphQLField,
  getNullableType,
  isListType,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../graphql/connections/page-args.ts';
import type { Variables } from '../operation.ts';

/** The maximum number of members of a list: a constant, or a function of the operation's variables. */
export type PageSize = number | ((variables: Variables) => number);

/** The assumed size of a list without page arguments, such as a discussion's tags. */
const SHORT_LIST_SIZE = 10;

/**
 * The size of a field's list. Null if the field is no list, or if it is the `nodes` or `edges` of a connection, which
 * is already counted.
 */
export function pageSizeOf(
  typeName: string,
  definition: GraphQLField<unknown, unknown>,
  field: FieldNode,
): PageSize | null {
  const size = readSize(typeName, definition, field);
  const isVariable = field.arguments?.some(
    ({ name, value }) => ['first', 'last', 'ids'].includes(name.value) && value.kind === 'Variable',
  );
  return size === null || isVariable ? size : size({});
}

function readSize(
  typeName: string,
  definition: GraphQLField<unknown, unknown>,
  field: FieldNode,
): Exclude<PageSize, number> | null {
  const given = (name: string) => {
    const argument = definition.args.find((one) => one.name === name);
    if (!argument) return null;
    const node = field.arguments?.find((one) => one.name.value === name)?.value;
    return node ? argumentValue(node, argument.defaultValue) : () => argument.defaultValue;
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

/** An invalid size is refused later, with the argument's name. Until then it counts as a valid one. */
function bounded(size: unknown): number {
  if (typeof size !== 'number' || Number.isNaN(size)) return PAGE_SIZE_DEFAULT;
  return Math.max(0, Math.min(size, PAGE_SIZE_MAX));
}

/**
 * The value of an argument: a literal or a variable. `fallback`: the value of the argument if the variable has none.
 * Variables are coerced, so they include the defaults that the operation declares.
 */
export function argumentValue(node: ValueNode, fallback?: unknown): (variables: Variables) => unknown {
  if (node.kind !== 'Variable') {
    if (node.kind !== 'ListValue') {
      const value = valueFromASTUntyped(node);
      return () => value;
    }
    // only the length of a list counts
    return () => node.values;
  }
  const name = node.name.value;
  return (variables) => (Object.hasOwn(variables, name) ? variables[name] : fallback);
}
