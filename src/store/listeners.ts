export interface Listeners<T> {
  /** Returns a function that removes the listener. */
  listen(listener: (value: T) => void): () => void;
  /** Calls all listeners. Never throws: an error of a listener becomes a process warning. */
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
