/** Who hears of something. Most of the time nobody does. */
export interface Listeners<T> {
  listen(listener: (told: T) => unknown): () => void;
  /**
   * Resolves when everybody who needs time has had it; undefined: nobody does. Never fails, because what is told has
   * happened: what a listener throws, or rejects with, keeps it from nobody else and becomes a warning of the process.
   */
  tell(told: T): Promise<unknown> | undefined;
}

export function createListeners<T>(): Listeners<T> {
  const listeners = new Set<(told: T) => unknown>();
  return {
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell: (told) => {
      if (listeners.size === 0) return undefined;
      const waitedFor: Promise<unknown>[] = [];
      for (const listener of [...listeners]) {
        try {
          const heard = listener(told);
          if (heard instanceof Promise) waitedFor.push(heard.catch(warn));
        } catch (error) {
          warn(error);
        }
      }
      return waitedFor.length === 0 ? undefined : Promise.all(waitedFor);
    },
  };
}

function warn(error: unknown): void {
  process.emitWarning(
    error instanceof Error ? (error.stack ?? error.message) : String(error),
    'ListenerFault',
  );
}
