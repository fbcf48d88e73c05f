import type { Piscina } from 'piscina';

/** A thread takes 30 MB and more. It ends when it has had no task for this time. */
const IDLE_MS = 30_000;
/** The event loop goes first where both want a core. Only Linux has a niceness for each thread. */
const NICE = process.platform === 'linux' ? 5 : 0;
/** Several times what the worst text takes that the rules allow, and what the list of leaked passwords takes. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 32 };

/** A task took too long or too much memory and was ended. */
export class TaskTooLarge extends Error {}

/** Opens the threads of a program. The first starts with the first task. */
export async function openPiscina(worker: string, maxThreads: number): Promise<Piscina> {
  // loaded on demand: most servers get their first task long after the start
  const { Piscina } = await import('piscina');
  const pool = new Piscina({
    filename: worker,
    execArgv: [],
    ...{ minThreads: 0, maxThreads, idleTimeout: IDLE_MS },
    ...{ resourceLimits: RESOURCE_LIMITS, niceIncrement: NICE },
  });
  // a thread that fails between two tasks is replaced when it is needed
  pool.on('error', () => {});
  return pool;
}

/** Runs a task in a thread. Throws TaskTooLarge. */
export async function runTask(
  pool: Piscina,
  name: string,
  argument: unknown,
  taskMsMax: number,
): Promise<unknown> {
  const ending = new AbortController();
  let reason: unknown;
  const end = (error: unknown) => {
    reason ??= error;
    ending.abort();
  };
  const timer = setTimeout(end, taskMsMax, new TaskTooLarge('The task took too long.'));
  // a thread that cannot start has no task yet: its error goes to the pool, and the task would wait for ever
  pool.on('error', end);
  try {
    return await pool.run(argument, { name, signal: ending.signal });
  } catch (error) {
    if (reason === undefined && isOutOfMemory(error))
      throw new TaskTooLarge('The task took too much memory.', { cause: error });
    throw reason ?? error;
  } finally {
    clearTimeout(timer);
    pool.off('error', end);
  }
}

function isOutOfMemory(error: unknown): boolean {
  return (error as { readonly code?: unknown } | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** The program of threads: a file of the bundle, or one of the source, which is JavaScript too. */
export function builtWorker(name: 'text-worker' | 'password-worker'): string {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return new URL(SOURCES[name], here).href;
  return new URL(/\/chunks\/[^/]*$/.test(here) ? `../${name}.js` : `${name}.js`, here).href;
}

const SOURCES = {
  'text-worker': 'text-worker-source.mjs',
  'password-worker': '../identity/password-worker.mjs',
} as const;
