import type { MaybePromise, Transaction } from '../store/index.ts';

/** Follows an event in the transaction that it happens in; what it throws undoes both. */
export type Follow<E> = (tx: Transaction, event: E) => MaybePromise<unknown>;

/**
 * Something that happens in a room, for rooms above it that must follow at once: a room knows only those below it.
 * Rooms listen when they are loaded.
 */
export class Signal<E> {
  readonly #followers: Follow<E>[] = [];

  listen(follow: Follow<E>): void {
    this.#followers.push(follow);
  }

  /** Resolves when everybody has followed. */
  async tell(tx: Transaction, event: E): Promise<void> {
    for (const follow of this.#followers) await follow(tx, event);
  }
}
