import { isIterableObject } from 'graphql/jsutils/isIterableObject.js';
import { Failure, isNothing } from './level.ts';
import type { TypePlan } from './plan.ts';
import { isPromise, SyncPromise } from './sync-promise.ts';

/** Lists that have members which are still coming. */
export const coming = new WeakSet<object>();

/**
 * A field's value with everything in its place that has come by now: in that of a promise what it was for, in that of
 * a list an array. The resolver's own lists are left as they are.
 */
export function arrived(type: TypePlan, given: unknown): unknown {
  let value = given;
  if (value instanceof SyncPromise) {
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
  const copy = list.map((member) => arrived(type, isPromise(member) ? syncPromiseOf(member) : member));
  if (copy.some((one) => one instanceof SyncPromise || isComing(one))) coming.add(copy);
  return copy;
}

const isComing = (value: unknown) => typeof value === 'object' && value !== null && coming.has(value);

export function syncPromiseOf(value: PromiseLike<unknown>): SyncPromise<unknown> {
  if (value instanceof SyncPromise) return value;
  const later = new SyncPromise<unknown>();
  later.keep(value);
  return later;
}
