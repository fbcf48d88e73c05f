/** A value now, or later. `await` takes both; `chain` goes on with either, at once where it can. */
export type MaybePromise<T> = T | Promise<T>;

/** Shared by all that nobody has listened to: most of them. */
const NOBODY: (() => void)[] = [];

/**
 * A value that a loader will have once its batch is fetched. It is awaited like any promise; unlike one it is settled
 * at once, without a turn of the event loop, so that a page of many rows does not cost a promise for each of them.
 */
export class SyncPromise<V> implements Promise<V> {
  readonly [Symbol.toStringTag] = 'SyncPromise';
  #state: 'OPEN' | 'KEPT' | 'FAILED' = 'OPEN';
  #outcome: unknown;
  #listeners = NOBODY;

  /** One that is settled already. */
  static of<V>(value: V): SyncPromise<V> {
    const later = new SyncPromise<V>();
    later.keep(value);
    return later;
  }

  get isOpen(): boolean {
    return this.#state === 'OPEN';
  }

  get isKept(): boolean {
    return this.#state === 'KEPT';
  }

  /** The value where it is kept, the reason where it failed. */
  get outcome(): unknown {
    return this.#outcome;
  }

  /** Settles it with a value, or as another promise settles. */
  keep(value: V | PromiseLike<V>): void {
    if (value instanceof SyncPromise && value.#state === 'KEPT') this.#settle('KEPT', value.#outcome);
    else if (isPromise(value)) {
      value.then(
        (kept) => this.#settle('KEPT', kept),
        (reason: unknown) => this.#settle('FAILED', reason),
      );
    } else this.#settle('KEPT', value);
  }

  fail(reason: unknown): void {
    this.#settle('FAILED', reason);
  }

  // biome-ignore lint/suspicious/noThenProperty: awaiting it is what it is for
  then<R = V, F = never>(
    onKept?: ((value: V) => R | PromiseLike<R>) | null,
    onFailed?: ((reason: unknown) => F | PromiseLike<F>) | null,
  ): SyncPromise<R | F> {
    const next = new SyncPromise<R | F>();
    const pass = () => this.#pass(next, onKept, onFailed);
    if (this.#state !== 'OPEN') pass();
    else if (this.#listeners === NOBODY) this.#listeners = [pass];
    else this.#listeners.push(pass);
    return next;
  }

  catch<F = never>(onFailed?: ((reason: unknown) => F | PromiseLike<F>) | null): SyncPromise<V | F> {
    return this.then(null, onFailed);
  }

  finally(onSettled?: (() => void) | null): SyncPromise<V> {
    const done = onSettled ?? (() => {});
    return this.then(
      (value) => {
        done();
        return value;
      },
      (reason) => {
        done();
        throw reason;
      },
    );
  }

  #pass<R, F>(
    next: SyncPromise<R | F>,
    onKept?: ((value: V) => R | PromiseLike<R>) | null,
    onFailed?: ((reason: unknown) => F | PromiseLike<F>) | null,
  ): void {
    try {
      if (this.#state === 'KEPT') next.keep(onKept ? onKept(this.#outcome as V) : (this.#outcome as R));
      else if (onFailed) next.keep(onFailed(this.#outcome));
      else next.fail(this.#outcome);
    } catch (error) {
      next.fail(error);
    }
  }

  #settle(state: 'KEPT' | 'FAILED', outcome: unknown): void {
    if (this.#state !== 'OPEN') return;
    this.#state = state;
    this.#outcome = outcome;
    const listeners = this.#listeners;
    this.#listeners = NOBODY;
    for (const listener of listeners) listener();
  }
}

/** Whether a value is one that is only coming. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}

/** Goes on with a value: at once where it is there, otherwise when it comes. */
export function chain<T, U>(value: T | Promise<T>, go: (value: T) => U | Promise<U>): U | Promise<U> {
  if (value instanceof SyncPromise && value.isKept) return go(value.outcome as T);
  return isPromise(value) ? (value as Promise<T>).then(go) : go(value as T);
}
