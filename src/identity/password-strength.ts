// How easy a password is to guess, by zxcvbn-ts and the commonest leaked passwords. It knows 40,000 of them, which take 70 MB
// while they are looked up, and a text of 72 characters takes a tenth of a second. So a worker thread does it, which starts
// with the first new password and ends when there has been none for a while: then its memory is free again.
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { addressBlock } from '../access/address-block.ts';
import type { Context } from '../access/context.ts';
import { overloaded } from '../access/errors.ts';
import { createSemaphore } from '../access/semaphore.ts';

/** What is looked at. The longest texts take quadratic time, and nobody guesses this many characters. */
const LOOKED_AT_CHARS = 72;
/** zxcvbn's third of four grades: more than 10^8 guesses. */
const GRADE_MIN = 3;
/** How long the worker waits for the next password. */
const IDLE_MS = 30_000;
/** A hundred times what the worst text takes. */
const TIMEOUT_MS = 10_000;

/** Addresses take turns, as with the hashes. */
const checking = createSemaphore({ atOnce: 1, waitingMax: 200, waitingMaxEach: 100 });

/** Runs as text, so that the bundle needs no second entry. It answers each password with its grade, from 0 to 4. */
const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { ZxcvbnFactory } = require(workerData.core);
  const { dictionary, adjacencyGraphs: graphs } = require(workerData.common);
  const zxcvbn = new ZxcvbnFactory({ dictionary, graphs });
  parentPort.on('message', ({ password, inputs }) => {
    parentPort.postMessage(zxcvbn.check(password, inputs).score);
  });
`;

let running: Worker | null = null;
let idle: NodeJS.Timeout | undefined;

/**
 * Whether a password is too easy to guess. `inputs` are words that a guesser would try first: the e-mail address, the
 * name. Throws UNAVAILABLE if too many passwords wait, or the check takes too long.
 */
export function isEasyToGuess(
  { address }: Pick<Context, 'address'>,
  password: string,
  inputs: readonly string[],
): Promise<boolean> {
  return checking.run(async () => {
    clearTimeout(idle);
    try {
      const worker = running ?? start();
      running = worker;
      const text = password.slice(0, LOOKED_AT_CHARS).toWellFormed();
      return (await gradeBy(worker, { password: text, inputs })) < GRADE_MIN;
    } finally {
      idle = setTimeout(stop, IDLE_MS).unref();
    }
  }, addressBlock(address));
}

function start(): Worker {
  const { resolve } = createRequire(import.meta.url);
  const workerData = {
    core: resolve('@zxcvbn-ts/core'),
    common: resolve('@zxcvbn-ts/language-common'),
  };
  const worker = new Worker(PROGRAM, {
    ...{ eval: true, workerData, resourceLimits: { maxOldGenerationSizeMb: 128 } },
    execArgv: [], // the program is no module, however this process was started
  });
  worker.unref();
  return worker;
}

function stop(): void {
  void running?.terminate();
  running = null;
}

function gradeBy(worker: Worker, message: object): Promise<number> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      worker.off('message', answered).off('error', failed).off('exit', ended);
    };
    const answered = (grade: number) => {
      settle();
      resolve(grade);
    };
    const failed = (error: unknown) => {
      settle();
      stop(); // the next password gets a new one
      reject(error);
    };
    const ended = () => failed(new Error('The worker that checks passwords has ended.'));
    const timer = setTimeout(() => {
      const message = 'A new password cannot be checked at the moment.';
      failed(overloaded(message, 1));
    }, TIMEOUT_MS);
    worker.on('message', answered).on('error', failed).on('exit', ended);
    worker.postMessage(message);
  });
}
