import type { ComponentChildren } from 'preact';

/** What the components below a provider share. A page is written in one go, so that one value at a time is enough. */
export class Context<T> {
  #value: T | null = null;

  /** An element: everything inside of it gets `value`. It is the context itself, so that the writer of HTML finds it. */
  readonly Provider = this as unknown as (props: {
    readonly value: T;
    readonly children?: ComponentChildren;
  }) => null;

  /** Null outside of a provider. */
  get value(): T | null {
    return this.#value;
  }

  provide(value: unknown, run: () => void): void {
    const before = this.#value;
    this.#value = value as T;
    try {
      run();
    } finally {
      this.#value = before;
    }
  }
}
