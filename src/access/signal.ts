import type { MaybePromise, Transaction } from '../store/index.ts';

/** Handles an event in the transaction in which it happens. If it throws, the transaction is rolled back. */
type Listener<E> = (tx: Transaction, event: E) => MaybePromise<unknown>;

/**
 * An event of a module to which modules that depend on it react in the same transaction. Without it, the module would
 * have to know them. Modules add their listeners when they are loaded.
 */
export class Signal<E> {
  readonly #listeners: Listener<E>[] = [];

  listen(listener: Listener<E>): void {
    this.#listeners.push(listener);
  }

  /** Calls the listeners in order and resolves when all have finished. */
  async emit(tx: Transaction, event: E): Promise<void> {
    for (const listener of this.#listeners) await listener(tx, event);
  }
}
