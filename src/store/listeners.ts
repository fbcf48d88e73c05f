/** Functions that are called with each value. */
export interface Listeners<T> {
  /** Returns a function that stops it. */
  listen(listener: (value: T) => void): () => void;
  /** Never throws: what one listener throws becomes a warning of the process, and the others are called all the same. */
  emit(value: T): void;
  isEmpty(): boolean;
}

export function createListeners<T>(): Listeners<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit: (value) => {
      for (const listener of [...listeners]) {
        try {
          listener(value);
        } catch (error) {
          warn(error);
        }
      }
    },
    isEmpty: () => listeners.size === 0,
  };
}

function warn(error: unknown): void {
  process.emitWarning(
    error instanceof Error ? (error.stack ?? error.message) : String(error),
    'ListenerFault',
  );
}
