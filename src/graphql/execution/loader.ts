import { isPromise, type MaybePromise, SyncPromise } from './sync-promise.ts';

/** Fetches the values of many keys at once and answers them in the order of the keys. */
export type Batch<V> = (keys: readonly string[]) => MaybePromise<readonly V[]>;

export interface LoadersOptions {
  /**
   * Wraps each synchronous stretch of execution, in a read transaction of a store for example, so that what several
   * batches read is of one state.
   */
  readonly around?: ((work: () => void) => void) | undefined;
}

/** Loads values by key: the keys of one dispatch are fetched by one call of its batch, and each key only once. */
export class Loader<V> {
  readonly #loaders: Loaders;
  readonly #name: string;
  readonly #batch: Batch<V>;
  readonly #promises = new Map<string, SyncPromise<V>>();
  /** What the next dispatch fetches, and the promises of these keys in the same order. */
  #keys: string[] = [];
  #pending: SyncPromise<V>[] = [];

  constructor(loaders: Loaders, name: string, batch: Batch<V>) {
    this.#loaders = loaders;
    this.#name = name;
    this.#batch = batch;
  }

  load(key: string): SyncPromise<V> {
    const existing = this.#promises.get(key);
    if (existing) return existing;
    const promise = new SyncPromise<V>();
    this.#promises.set(key, promise);
    this.#pending.push(promise);
    if (this.#keys.push(key) === 1) this.#loaders.enqueue(this as Loader<unknown>);
    return promise;
  }

  /** Gives the loader a value, so that it need not be fetched. A key that was loaded before keeps its value. */
  prime(key: string, value: V): void {
    if (!this.#promises.has(key)) this.#promises.set(key, SyncPromise.resolve(value));
  }

  /** `prime` for all rows of a page. */
  primeRows(rows: readonly NonNullable<V>[], keyOf: (row: NonNullable<V>) => string): void {
    for (const row of rows) this.prime(keyOf(row), row);
  }

  /** Runs the batch over the keys that were loaded since the last dispatch. */
  dispatch(): void {
    const keys = this.#keys;
    const pending = this.#pending;
    this.#keys = [];
    this.#pending = [];
    const reject = (reason: unknown) => {
      for (const promise of pending) promise.reject(reason);
    };
    try {
      const values = this.#batch(keys);
      if (isPromise(values))
        values.then((found) => this.#resolve(pending, found), reject).then(undefined, reject);
      else this.#resolve(pending, values);
    } catch (error) {
      reject(error);
    }
  }

  #resolve(pending: readonly SyncPromise<V>[], values: readonly V[]): void {
    if (values.length !== pending.length) {
      throw new Error(`The loader ${this.#name} has ${values.length} values for ${pending.length} keys.`);
    }
    for (let i = 0; i < pending.length; i++) pending[i]?.resolve(values[i] as V);
  }
}

/**
 * The loaders of one request. The executor dispatches them once a level (see `drive`); outside the executor they are
 * dispatched when the current turn of the event loop has nothing else to do.
 */
export class Loaders {
  /** The fields that the running document may select, as `Type.field`; null: the loaders are used outside the executor. */
  selectedFields: ReadonlySet<string> | null = null;
  readonly #byName = new Map<string, Loader<unknown>>();
  readonly #around: ((work: () => void) => void) | null;
  #queue: Loader<unknown>[] = [];
  #isDriven = false;
  #isScheduled = false;

  constructor({ around }: LoadersOptions = {}) {
    this.#around = around ?? null;
  }

  /** This request's loader of a name, made by its first use. The name must tell apart all that `batch` closes over. */
  named<V>(name: string, batch: Batch<V>): Loader<V> {
    let loader = this.#byName.get(name);
    if (!loader) {
      loader = new Loader<V>(this, name, batch) as Loader<unknown>;
      this.#byName.set(name, loader);
    }
    return loader as Loader<V>;
  }

  /** Adds a loader that has keys to fetch to the next dispatch. */
  enqueue(loader: Loader<unknown>): void {
    this.#queue.push(loader);
    if (this.#isDriven || this.#isScheduled) return;
    this.#isScheduled = true;
    // behind the promises of this turn, which may load more
    Promise.resolve().then(() => process.nextTick(() => this.#dispatchAll()));
  }

  /** Runs `work`, which dispatches the loaders itself and leaves no key behind. */
  drive(work: () => void): void {
    this.#isDriven = true;
    try {
      if (this.#around) this.#around(work);
      else work();
    } finally {
      this.#isDriven = false;
    }
  }

  /** Fetches all keys that were loaded since the last dispatch; false: there are none. */
  dispatch(): boolean {
    const loaders = this.#queue;
    if (loaders.length === 0) return false;
    this.#queue = [];
    for (const loader of loaders) loader.dispatch();
    return true;
  }

  /** Forgets all values: after a write they may be outdated. */
  clear(): void {
    this.#byName.clear();
  }

  #dispatchAll(): void {
    this.#isScheduled = false;
    while (this.dispatch());
  }
}
