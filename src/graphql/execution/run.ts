import { type GraphQLResolveInfo, type GraphQLSchema, getArgumentValues } from 'graphql';
import { arrived, coming } from './arrived.ts';
import { addBelow } from './below.ts';
import { type Column, Failure, type Level, newColumn } from './level.ts';
import type { Loaders } from './loader.ts';
import { isRead } from './plain-code.ts';
import type { FieldPlan, TypePlan } from './plan.ts';
import { SyncPromise } from './sync-promise.ts';

/** What all fields of one operation share. */
export interface Running {
  readonly schema: GraphQLSchema;
  readonly context: unknown;
  readonly variables: Readonly<Record<string, unknown>>;
  /** A resolver's last argument, as it is for a field at the root; nobody below asks for one. */
  infoOf(field: FieldPlan): GraphQLResolveInfo;
  readonly loaders: Loaders;
}

/**
 * Resolves everything below some fields of a root, level by level: a field is resolved for all objects of its place in
 * the document before anything below it. So what they ask of loaders is fetched together, at once where the store
 * answers at once; only what is truly still coming is waited for.
 */
export class Run {
  readonly #running: Running;
  readonly #args = new Map<FieldPlan, object | Failure>();
  #ready: Level[] = [];
  #waiting: Column[] = [];
  /** What somebody waits for already. */
  readonly #watched = new Set<SyncPromise<unknown>>();
  #isDue = false;
  #done: (() => void) | null = null;

  constructor(running: Running) {
    this.#running = running;
  }

  /** Null: all of it is resolved. */
  start(root: Level, fields: readonly FieldPlan[]): Promise<void> | null {
    this.#drive(() => {
      for (const field of fields) this.#resolve(root, field, false);
    });
    if (this.#waiting.length === 0) return null;
    return new Promise((resolve) => {
      this.#done = resolve;
    });
  }

  #drive(begin: () => void): void {
    this.#running.loaders.drive(() => {
      begin();
      do {
        for (let level = this.#ready.pop(); level; level = this.#ready.pop()) this.#resolveLevel(level);
      } while (this.#fetch() || this.#ready.length > 0);
    });
    for (const { field, values } of this.#waiting) this.#watch(field.type, values);
  }

  #fetch(): boolean {
    if (!this.#running.loaders.fetch()) return false;
    this.#collect();
    return true;
  }

  /** Goes on below the columns whose values have all come. */
  #collect(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const column of waiting) this.#settle(column);
  }

  /** Comes back when a value has come, behind everything else that comes in the same turn. */
  #watch(type: TypePlan, values: readonly unknown[]): void {
    for (const value of values) {
      if (type.item && Array.isArray(value)) this.#watch(type.item, value);
      else if (value instanceof SyncPromise && value.isOpen && !this.#watched.has(value)) {
        this.#watched.add(value);
        const come = () => this.#wake();
        value.then(come, come);
      }
    }
  }

  #wake(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    process.nextTick(() => {
      this.#isDue = false;
      this.#drive(() => this.#collect());
      if (this.#waiting.length === 0) this.#done?.();
    });
  }

  #resolveLevel(level: Level): void {
    const { fields, isPlain } = level.plan;
    const plain = isPlain(level.rows);
    for (const field of fields) this.#resolve(level, field, plain);
  }

  #resolve(level: Level, field: FieldPlan, plain: boolean): void {
    if (field.def.name === '__typename') return;
    if (plain && isRead(field)) return;
    const { rows } = level;
    const column = newColumn(field, rows.length);
    level.columns[field.index] = column;
    const args = this.#argsOf(field);
    if (args instanceof Failure) {
      column.values.fill(args);
      column.hasObjects = true;
    } else {
      const { context, infoOf } = this.#running;
      let info: GraphQLResolveInfo | null = null;
      field.resolveAll(column, rows, args, context, () => {
        info ??= infoOf(field);
        return info;
      });
    }
    if (column.hasObjects) this.#settle(column);
    else if (!field.named.leaf) addBelow(this.#running.schema, column, this.#ready);
  }

  #argsOf(field: FieldPlan): object | Failure {
    if (field.args) return field.args;
    let args = this.#args.get(field);
    if (!args) {
      const { variables } = this.#running;
      try {
        args = field.plainArgs?.(variables) ?? getArgumentValues(field.def, field.nodes[0], variables);
      } catch (error) {
        args = new Failure(error);
      }
      this.#args.set(field, args);
    }
    return args;
  }

  #settle(column: Column): void {
    const { field, values } = column;
    let isOpen = false;
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      // most values are none of these; what is in a list may still be coming as well
      if (typeof value !== 'object' || value === null) continue;
      if (field.type.item || value instanceof SyncPromise) {
        const now = arrived(field.type, value);
        values[i] = now;
        // only lists can be there and have members that are not
        if (now instanceof SyncPromise || (field.type.item && coming.has(now as object))) isOpen = true;
      }
    }
    if (isOpen) this.#waiting.push(column);
    else if (!field.named.leaf) addBelow(this.#running.schema, column, this.#ready);
  }
}
