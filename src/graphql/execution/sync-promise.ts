/** A value that is there already, or one that is waited for. */
export type MaybePromise<T> = T | Promise<T>;

/** Shared by all promises that nobody listens to: most of them. */
const NO_LISTENERS: (() => void)[] = [];

/**
 * A promise that calls its listeners the moment it settles, without a turn of the event loop, so that a page of many
 * rows does not cost a turn for each of them. It is settled from outside, by `resolve` and `reject`, and `await` takes
 * it like any promise. A rejection that nobody listens to is not reported.
 */
export class SyncPromise<V> implements Promise<V> {
  readonly [Symbol.toStringTag] = 'SyncPromise';
  #state: 'pending' | 'fulfilled' | 'rejected' = 'pending';
  #result: unknown;
  #listeners = NO_LISTENERS;

  /** Fulfilled with a value, or settled as another promise settles. */
  static resolve<V>(value: V | PromiseLike<V>): SyncPromise<V> {
    if (value instanceof SyncPromise) return value;
    const promise = new SyncPromise<V>();
    promise.resolve(value);
    return promise;
  }

  get isPending(): boolean {
    return this.#state === 'pending';
  }

  get isFulfilled(): boolean {
    return this.#state === 'fulfilled';
  }

  /** The value if it is fulfilled, the reason if it is rejected. */
  get result(): unknown {
    return this.#result;
  }

  /** Fulfils it with a value, or settles it as another promise settles. */
  resolve(value: V | PromiseLike<V>): void {
    if (value instanceof SyncPromise && value.#state === 'fulfilled') {
      this.#settle('fulfilled', value.#result);
    } else if (isPromise(value)) {
      value.then(
        (result) => this.#settle('fulfilled', result),
        (reason: unknown) => this.#settle('rejected', reason),
      );
    } else this.#settle('fulfilled', value);
  }

  reject(reason: unknown): void {
    this.#settle('rejected', reason);
  }

  // biome-ignore lint/suspicious/noThenProperty: awaiting it is what it is for
  then<R = V, F = never>(
    onFulfilled?: ((value: V) => R | PromiseLike<R>) | null,
    onRejected?: ((reason: unknown) => F | PromiseLike<F>) | null,
  ): SyncPromise<R | F> {
    const next = new SyncPromise<R | F>();
    const listener = () => this.#passOn(next, onFulfilled, onRejected);
    if (this.#state !== 'pending') listener();
    else if (this.#listeners === NO_LISTENERS) this.#listeners = [listener];
    else this.#listeners.push(listener);
    return next;
  }

  catch<F = never>(onRejected?: ((reason: unknown) => F | PromiseLike<F>) | null): SyncPromise<V | F> {
    return this.then(null, onRejected);
  }

  finally(onSettled?: (() => void) | null): SyncPromise<V> {
    return this.then(
      (value) => {
        onSettled?.();
        return value;
      },
      (reason) => {
        onSettled?.();
        throw reason;
      },
    );
  }

  #passOn<R, F>(
    next: SyncPromise<R | F>,
    onFulfilled?: ((value: V) => R | PromiseLike<R>) | null,
    onRejected?: ((reason: unknown) => F | PromiseLike<F>) | null,
  ): void {
    try {
      if (this.#state === 'fulfilled') {
        next.resolve(onFulfilled ? onFulfilled(this.#result as V) : (this.#result as R));
      } else if (onRejected) next.resolve(onRejected(this.#result));
      else next.reject(this.#result);
    } catch (error) {
      next.reject(error);
    }
  }

  #settle(state: 'fulfilled' | 'rejected', result: unknown): void {
    if (this.#state !== 'pending') return;
    this.#state = state;
    this.#result = result;
    const listeners = this.#listeners;
    this.#listeners = NO_LISTENERS;
    for (const listener of listeners) listener();
  }
}

/** Whether a value has to be waited for: any object with a `then`. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}

/** Calls `go` with a value: at once if it is there, otherwise when it arrives. */
export function chain<T, U>(value: MaybePromise<T>, go: (value: T) => MaybePromise<U>): MaybePromise<U> {
  if (value instanceof SyncPromise && value.isFulfilled) return go(value.result as T);
  return isPromise(value) ? (value as Promise<T>).then(go) : go(value as T);
}

/** All of some values: at once if they are there, otherwise when the last one arrives. The first error rejects it. */
export function allOf<T, U>(values: readonly [MaybePromise<T>, MaybePromise<U>]): MaybePromise<[T, U]>;
export function allOf<T>(values: readonly MaybePromise<T>[]): MaybePromise<T[]>;
export function allOf<T>(values: readonly MaybePromise<T>[]): MaybePromise<T[]> {
  if (!values.some(isPromise)) return values as T[];
  const all = new SyncPromise<T[]>();
  const found = new Array<T>(values.length);
  let left = values.length;
  for (const [i, value] of values.entries())
    SyncPromise.resolve(value).then(
      (one) => {
        found[i] = one;
        if (--left === 0) all.resolve(found);
      },
      (reason) => all.reject(reason),
    );
  return all;
}
