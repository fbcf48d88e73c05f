/** Who hears of something. Most of the time nobody does. */
export interface Listeners<T> {
  listen(listener: (told: T) => unknown): () => void;
  /** Resolves when everybody who needs time has had it. */
  tell(told: T): unknown;
  /** Whether there is anybody. */
  readonly areThere: boolean;
}

export function createListeners<T>(): Listeners<T> {
  const listeners = new Set<(told: T) => unknown>();
  return {
    get areThere() {
      return listeners.size > 0;
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell: (told) => {
      if (listeners.size === 0) return;
      return Promise.all([...listeners].map((listener) => listener(told)));
    },
  };
}
