/** Who hears of something. Most of the time nobody does. */
export function createListeners<T>(): {
  listen: (listener: (told: T) => unknown) => () => void;
  /** Resolves when everybody who needs time has had it. */
  tell: (told: T) => unknown;
} {
  const listeners = new Set<(told: T) => unknown>();
  return {
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
