import { type GraphQLResolveInfo, type GraphQLSchema, getArgumentValues } from 'graphql';
import { isIterableObject } from 'graphql/jsutils/isIterableObject.js';
import { type Column, Failure, isNothing, type Level, levelsBelow, newColumn } from './level.ts';
import type { Loaders } from './loader.ts';
import type { FieldPlan, TypePlan } from './plan.ts';
import { isPromise, SyncPromise } from './sync-promise.ts';

/** What a resolver gets as its last argument. */
export type ResolveInfo = Pick<GraphQLResolveInfo, 'schema'>;

/** What all fields of one running operation share. */
export interface RunningOperation {
  readonly schema: GraphQLSchema;
  readonly context: unknown;
  readonly rootValue: unknown;
  readonly variableValues: Readonly<Record<string, unknown>>;
}

/** A column with values that are still pending, and their promises. */
interface Waiting {
  readonly column: Column;
  readonly promises: readonly SyncPromise<unknown>[];
}

/**
 * Resolves everything below a root, level by level: a field is resolved for all objects of its place in the document
 * before anything below it. So what these load is fetched by one dispatch: at once if the batches answer at once;
 * only what is still pending then is waited for.
 */
export class Resolution {
  readonly #running: RunningOperation;
  readonly #loaders: Loaders;
  readonly #info: GraphQLResolveInfo;
  readonly #args = new Map<FieldPlan, object | Failure>();
  #ready: Level[] = [];
  #waiting: Waiting[] = [];
  readonly #watched = new Set<SyncPromise<unknown>>();
  #isWakeScheduled = false;
  #done: (() => void) | null = null;

  constructor(running: RunningOperation, loaders: Loaders) {
    this.#running = running;
    this.#loaders = loaders;
    const info: ResolveInfo = { schema: running.schema };
    this.#info = info as GraphQLResolveInfo;
  }

  /** Null: all of it is resolved. */
  start(root: Level): Promise<void> | null {
    this.#drive(() => this.#resolveLevel(root));
    if (this.#waiting.length === 0) return null;
    return new Promise((resolve) => {
      this.#done = resolve;
    });
  }

  #drive(begin: () => void): void {
    this.#loaders.drive(() => {
      begin();
      for (;;) {
        for (let level = this.#ready.pop(); level; level = this.#ready.pop()) this.#resolveLevel(level);
        if (!this.#loaders.dispatch()) break;
        this.#collect();
      }
    });
    for (const { promises } of this.#waiting) for (const promise of promises) this.#watch(promise);
  }

  /** Goes on below the columns whose values have all arrived. */
  #collect(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { column } of waiting) this.#settle(column);
  }

  #watch(promise: SyncPromise<unknown>): void {
    if (this.#watched.has(promise)) return;
    this.#watched.add(promise);
    const wake = () => this.#wake();
    promise.then(wake, wake);
  }

  /** Goes on once the whole level has arrived, so that how many batches run does not depend on what arrives first. */
  #wake(): void {
    if (this.#isWakeScheduled) return;
    this.#isWakeScheduled = true;
    process.nextTick(() => {
      this.#isWakeScheduled = false;
      if (this.#waiting.some(({ promises }) => promises.some((promise) => promise.isPending))) return;
      this.#drive(() => this.#collect());
      if (this.#waiting.length === 0) this.#done?.();
    });
  }

  #resolveLevel(level: Level): void {
    for (const field of level.plan.fields) {
      const column = newColumn(level, field);
      level.columns.push(column);
      this.#resolve(column);
    }
  }

  #resolve(column: Column): void {
    const { field, values, level } = column;
    const { rows } = level;
    const { resolve, name } = field;
    const info = this.#info;
    const { context } = this.#running;
    const args = field.args ?? this.#argumentsOf(field);
    if (args instanceof Failure) values.fill(args);
    else {
      for (let i = 0; i < rows.length; i++) {
        try {
          // most fields are properties, and those need no resolver
          const value = resolve ? resolve(rows[i], args, context, info) : property(rows[i], name);
          values[i] =
            !resolve && typeof value === 'function' ? value.call(rows[i], args, context, info) : value;
        } catch (error) {
          values[i] = new Failure(error);
        }
      }
    }
    this.#settle(column);
  }

  /** One object for all rows. */
  #argumentsOf(field: FieldPlan): object | Failure {
    let args = this.#args.get(field);
    if (!args) {
      try {
        args = getArgumentValues(field.def, field.nodes[0], this.#running.variableValues);
      } catch (error) {
        args = new Failure(error);
      }
      this.#args.set(field, args);
    }
    return args;
  }

  /** Puts what has arrived into the place of its promises; with nothing left to wait for, the levels below are ready. */
  #settle(column: Column): void {
    const { field, values } = column;
    const promises: SyncPromise<unknown>[] = [];
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (typeof value === 'object' && value !== null) values[i] = settled(field.type, value, promises);
    }
    if (promises.length > 0) this.#waiting.push({ column, promises });
    else if (!field.named.leaf) this.#ready.push(...levelsBelow(this.#running.schema, column));
  }
}

function property(row: unknown, name: string): unknown {
  return typeof row === 'object' && row !== null ? (row as Record<string, unknown>)[name] : undefined;
}

/** A resolver's value with what has arrived in the place of its promises; those that are pending go to `promises`. */
function settled(type: TypePlan, resolved: unknown, promises: SyncPromise<unknown>[]): unknown {
  let value = resolved;
  if (isPromise(value)) {
    const promise = SyncPromise.resolve(value);
    if (promise.isPending) {
      promises.push(promise);
      return promise;
    }
    value = promise.isFulfilled ? promise.result : new Failure(promise.result);
  }
  const { item } = type;
  if (!item || isNothing(value) || !isIterableObject(value)) return value;
  try {
    const members = Array.isArray(value) ? value : Array.from(value as Iterable<unknown>);
    return members.map((member) => settled(item, member, promises));
  } catch (error) {
    return new Failure(error);
  }
}
