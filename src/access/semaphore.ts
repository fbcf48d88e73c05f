import { rateLimited } from './errors.ts';

/** Limits how many tasks run at once and how many wait. */
interface Semaphore {
  /** Runs `work` when a place is free. Throws RATE_LIMITED, with nothing run, if too many tasks wait already. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

export function createSemaphore(bounds: { readonly atOnce: number; readonly waitingMax: number }): Semaphore {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    run: async (work) => {
      if (running < bounds.atOnce) {
        running++;
      } else {
        if (waiting.length >= bounds.waitingMax)
          throw rateLimited('The server has too many requests of this kind: try again in 1 s.', 1);
        // the task that ends passes its place on, so `running` does not change
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else running--;
      }
    },
  };
}
