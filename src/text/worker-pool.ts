// Work on long texts runs in worker threads, so that the event loop keeps answering everybody else. What waits is bounded,
// and so is the time that one client may use.
import type { Piscina } from 'piscina';
import type { Context } from '../access/context.ts';
import { overloaded } from '../access/errors.ts';
import { FixedWindows } from '../access/fixed-window.ts';
import { NO_LIMITS, tooMany } from '../access/limiter.ts';
import { createSemaphore, type Semaphore } from '../access/semaphore.ts';
import type { TextTasks, Timed } from './text-worker.ts';
import { builtWorker, openPiscina, runTask, TaskTooLarge } from './worker-threads.ts';

/** One is not enough: a slow text would delay all others by its whole time. */
const THREADS = 2;
/**
 * The worst text that the rules allow takes half a second of processor time. This is time on the wall, so it leaves room
 * for a machine that is busy with other things.
 */
const TASK_MS_MAX = 10_000;
/** One page of revisions has up to a hundred differences. A viewer's tasks do not delay those of others. */
const WAITING = { waitingMax: 400, waitingMaxEach: 100 };
/** A request is given up after 15 seconds unless REQUEST_TIMEOUT_SECONDS is set: nobody waits for what is older. */
const WAIT_MS_MAX = 15_000;
/**
 * The time in threads that one viewer, or guest, may use in a minute: a sixth of what there is, and a thousand long texts
 * as people write them.
 */
const CLIENT_MS_A_MINUTE = 20_000;

type TaskName = keyof TextTasks;
type Argument<K extends TaskName> = Parameters<TextTasks[K]>[0];
type Result<K extends TaskName> = ReturnType<TextTasks[K]>;

/** The client that a task's time is counted for. */
export type TaskClient = Pick<Context, 'countedAs' | 'limiter'>;

interface PoolOptions {
  /** The program of the threads. */
  readonly worker: string;
  readonly taskMsMax: number;
  readonly clientMsAMinute: number;
  readonly waitingMaxEach: number;
}

export interface WorkerPool {
  /**
   * Runs a task in a thread. Throws RATE_LIMITED if the client has used up its time, UNAVAILABLE if too many tasks wait,
   * and TaskTooLarge.
   */
  run<K extends TaskName>(client: TaskClient, name: K, argument: Argument<K>): Promise<Result<K>>;
  /** The number of threads at present. */
  threads(): Promise<number>;
  close(): Promise<void>;
}

/** Creates a pool, which starts its first thread for its first task. */
export function createWorkerPool(options: Partial<PoolOptions> = {}): WorkerPool {
  const { taskMsMax = TASK_MS_MAX, clientMsAMinute = CLIENT_MS_A_MINUTE } = options;
  const { waitingMaxEach = WAITING.waitingMaxEach } = options;
  const queue: Semaphore = createSemaphore({ atOnce: THREADS, ...WAITING, waitingMaxEach });
  const usedMs = new FixedWindows(60);
  let opened: Promise<Piscina> | undefined;
  const open = () => {
    opened ??= openPiscina(options.worker ?? builtWorker('text-worker'), THREADS);
    return opened;
  };

  const checkTimeLeft = ({ countedAs, limiter }: TaskClient) => {
    if (limiter === NO_LIMITS) return;
    const { left, resetsInMs } = usedMs.left(countedAs, clientMsAMinute);
    if (left <= 0) throw tooMany(resetsInMs);
  };
  return {
    run: (client, name, argument) => {
      const askedAt = performance.now();
      const work = async () => {
        if (performance.now() - askedAt > WAIT_MS_MAX)
          throw overloaded('The server has too many long texts to read: try again in 1 s.', 1);
        checkTimeLeft(client);
        const pool = await open();
        try {
          const done = (await runTask(pool, name, argument, taskMsMax)) as Timed<Result<typeof name>>;
          usedMs.record(client.countedAs, done.ms);
          return done.result;
        } catch (error) {
          if (error instanceof TaskTooLarge) usedMs.record(client.countedAs, taskMsMax);
          throw error;
        }
      };
      return queue.run(work, client.countedAs);
    },
    threads: async () => (opened ? (await opened).threads.length : 0),
    close: async () => {
      const open = opened;
      opened = undefined;
      if (open) await (await open).destroy();
    },
  };
}

/** The pool of this process. */
export const workerPool: WorkerPool = createWorkerPool();
