import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import { syncPromiseOf } from './arrived.ts';
import { type Column, Failure } from './level.ts';
import { isPromise } from './sync-promise.ts';

/** Resolves a field for all rows of a level into its column. */
export type Resolve = (
  column: Column,
  rows: readonly unknown[],
  args: object,
  context: unknown,
  infoOf: () => GraphQLResolveInfo,
) => void;

type Resolver = GraphQLFieldResolver<unknown, unknown>;

const known = new WeakMap<Resolver, Resolve>();
const readers = new Map<string, Resolve>();

/**
 * The loop over a resolver, or over the property of a name. One for each: where a single loop calls every resolver,
 * none of them can be compiled into it, and the calls cost more than most of what is called.
 */
export function resolveCode(resolve: Resolver | null, name: string): Resolve {
  const made = resolve ? known.get(resolve) : readers.get(name);
  if (made) return made;
  if (resolve) {
    // a resolver's last argument is made for those alone that have a place for it
    const asksInfo = resolve.length === 0 || resolve.length > 3;
    const loop = written(`resolve(rows[i], args, context, ${asksInfo ? 'infoOf()' : 'undefined'})`, resolve);
    known.set(resolve, loop);
    return loop;
  }
  const loop = written(`read(rows[i])`, null, name);
  readers.set(name, loop);
  return loop;
}

/** Its text holds nothing but a name from the schema. */
function written(call: string, resolve: Resolver | null, name = ''): Resolve {
  const read = resolve
    ? ''
    : `const read = (row) => {
      if ((typeof row !== 'object' && typeof row !== 'function') || row === null) return undefined;
      const value = row.${name};
      return typeof value === 'function' ? row.${name}(args, context, infoOf()) : value;
    };`;
  return new Function(
    'resolve',
    'failed',
    'settled',
    `return function resolveAll(column, rows, args, context, infoOf) {
      ${read}
      const values = column.values;
      let hasObjects = false;
      for (let i = 0; i < rows.length; i++) {
        let value;
        try {
          value = ${call};
        } catch (error) {
          value = failed(error);
        }
        if (typeof value === 'object' && value !== null) {
          hasObjects = true;
          value = settled(value);
        }
        values[i] = value;
      }
      column.hasObjects = hasObjects;
    };`,
  )(resolve, failed, settled) as Resolve;
}

const failed = (error: unknown) => new Failure(error);
const settled = (value: object) => (isPromise(value) ? syncPromiseOf(value) : value);
