import { type FieldNode, valueFromASTUntyped } from 'graphql';
import type { Variables } from '../operation.ts';
import { NODE_UNITS } from './field-prices.ts';
import type { Priced, PricedList } from './priced-lists.ts';

/** Adds what is selected from `objects` objects, for the longest lists that they may have. */
export function addPriced(
  total: { nodes: number; units: number },
  { units, lists }: Priced,
  objects: number,
  variables: Variables,
): void {
  total.units += objects * units;
  for (const { size, members } of lists) {
    const count = objects * (typeof size === 'number' ? size : size(variables));
    total.nodes += count;
    total.units += count * NODE_UNITS;
    addPriced(total, members, count, variables);
  }
}

/**
 * The units of what is selected from an object, for the lists that it has in an answer. A list that is longer than was
 * assumed counts as long as that.
 */
export function unitsFound({ units, lists }: Priced, object: unknown, variables: Variables): number {
  let total = units;
  for (const list of lists) {
    const max = typeof list.size === 'number' ? list.size : list.size(variables);
    total += list.places.length === 0 ? max * NODE_UNITS : unitsOfList(list, object, max, variables);
  }
  return total;
}

function unitsOfList({ places }: PricedList, object: unknown, max: number, variables: Variables): number {
  let total = 0;
  let length = 0;
  for (const { path, members } of places) {
    const found = path.reduce(memberOf, object);
    if (!Array.isArray(found)) continue; // null, or of another type than the fragment around it
    const counted = found.length > max ? found.slice(0, max) : found;
    length = Math.max(length, counted.length);
    for (const member of counted) total += unitsFound(members, member, variables);
  }
  return total + length * NODE_UNITS;
}

function memberOf(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null
    ? (object as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

/** The number of characters in the arguments of a field. */
export function charsOf({ arguments: args = [] }: FieldNode, variables: Variables): number {
  return args.reduce((sum, { value }) => sum + textLength(valueFromASTUntyped(value, variables)), 0);
}

function textLength(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, member) => sum + textLength(member), 0);
}
