import { isIterableObject } from 'graphql/jsutils/isIterableObject.js';
import { isPromise, Later } from '../../kit/later.ts';
import { Failure, isNothing } from './level.ts';
import type { TypePlan } from './plan.ts';

/** Lists that have members which are still coming. */
export const coming = new WeakSet<object>();

/**
 * A field's value with everything in its place that has come by now: in that of a promise what it was for, in that of
 * a list an array. The resolver's own lists are left as they are.
 */
export function arrived(type: TypePlan, given: unknown): unknown {
  let value = given;
  if (value instanceof Later) {
    if (value.isOpen) return value;
    value = value.isKept ? value.outcome : new Failure(value.outcome);
  }
  if (!type.item || isNothing(value) || !isIterableObject(value)) return value;
  try {
    return members(type.item, Array.isArray(value) ? value : Array.from(value as Iterable<unknown>));
  } catch (error) {
    return new Failure(error);
  }
}

function members(type: TypePlan, list: readonly unknown[]): readonly unknown[] {
  if (!type.item && !list.some(isPromise)) return list;
  const copy = list.map((member) => arrived(type, isPromise(member) ? laterOf(member) : member));
  if (copy.some((one) => one instanceof Later || isComing(one))) coming.add(copy);
  return copy;
}

const isComing = (value: unknown) => typeof value === 'object' && value !== null && coming.has(value);

export function laterOf(value: PromiseLike<unknown>): Later<unknown> {
  if (value instanceof Later) return value;
  const later = new Later<unknown>();
  later.keep(value);
  return later;
}
