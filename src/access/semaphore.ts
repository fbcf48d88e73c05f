import { rateLimited } from './errors.ts';

/** Work of one kind that runs so much at once, while so much more waits its turn. */
export interface Semaphore {
  /** Runs `work` when its turn comes. Throws RATE_LIMITED, with nothing run, where too many wait already. */
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
        // whoever ends hands its place on: `running` stays as it is
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
