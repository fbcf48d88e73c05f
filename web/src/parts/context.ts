import type { ComponentChildren } from 'preact';

export interface Provided {
  readonly value: unknown;
  readonly children?: ComponentChildren;
}

/** What the components below a provider share. A page is written in one go, so that one value at a time is enough. */
export class Context<T> {
  #value: T | null = null;

  /** A component: everything inside of it gets `value`. */
  readonly Provider = Object.assign(
    (_: { readonly value: T; readonly children?: ComponentChildren }) => null,
    {
      context: this as { provide(value: unknown, run: () => string): string },
    },
  );

  /** Null outside of a provider. */
  get value(): T | null {
    return this.#value;
  }

  provide(value: unknown, run: () => string): string {
    const before = this.#value;
    this.#value = value as T;
    try {
      return run();
    } finally {
      this.#value = before;
    }
  }
}

export function isProvider(type: unknown): type is Context<unknown>['Provider'] {
  return typeof type === 'function' && 'context' in type;
}
