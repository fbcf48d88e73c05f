/** Who hears of each statement. Most of the time nobody does. */
export function createListeners(): {
  listen: (listener: (sql: string) => void) => () => void;
  tell: (sql: string) => void;
} {
  const listeners = new Set<(sql: string) => void>();
  return {
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell: (sql) => {
      for (const listener of listeners) listener(sql);
    },
  };
}
