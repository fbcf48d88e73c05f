import { overloaded } from './errors.ts';

/** Limits how many tasks run at once and how many wait. */
export type Semaphore = ReturnType<typeof createSemaphore>;

interface SemaphoreBounds {
  readonly atOnce: number;
  readonly waitingMax: number;
  /** The maximum number of one client's tasks that wait. If omitted, `waitingMax`. */
  readonly waitingMaxEach?: number;
}

export function createSemaphore(bounds: SemaphoreBounds) {
  const { atOnce, waitingMax, waitingMaxEach = waitingMax } = bounds;
  /** The waiting tasks of each client. The client whose turn is next comes first. */
  const waiting = new Map<string, (() => void)[]>();
  let waitingCount = 0;
  let running = 0;

  const join = (by: string): Promise<void> => {
    const own = waiting.get(by) ?? [];
    if (waitingCount >= waitingMax || own.length >= waitingMaxEach)
      throw overloaded('The server has too many requests of this kind: try again in 1 s.', 1);
    waiting.set(by, own);
    waitingCount++;
    return new Promise((resolve) => own.push(resolve));
  };
  const takeNext = (): (() => void) | undefined => {
    for (const [by, own] of waiting) {
      const next = own.shift();
      waitingCount--;
      waiting.delete(by);
      if (own.length > 0) waiting.set(by, own);
      return next;
    }
    return undefined;
  };
  return {
    /**
     * Runs `work` when a place is free. The tasks of different clients (`by`) take turns, so that a client with many tasks
     * delays others by one. Throws UNAVAILABLE, with nothing run, if too many tasks wait already.
     */
    run: async <T>(work: () => Promise<T>, by = ''): Promise<T> => {
      // the task that ends passes its place on, so `running` does not change
      if (running >= atOnce) await join(by);
      else running++;
      try {
        return await work();
      } finally {
        const next = takeNext();
        if (next) next();
        else running--;
      }
    },
  };
}
