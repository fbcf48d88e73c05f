// How easy a password is to guess, by zxcvbn-ts and the commonest leaked passwords. It knows 40,000 of them, which take 70 MB
// while they are looked up, and a text of 72 characters takes a tenth of a second. So a worker thread does it, which starts
// with the first new password and ends when there has been none for a while: then its memory is free again.
import type { Piscina } from 'piscina';
import { addressBlock } from '../access/address-block.ts';
import type { Context } from '../access/context.ts';
import { overloaded } from '../access/errors.ts';
import { createSemaphore } from '../access/semaphore.ts';
import { builtWorker, openPiscina, runTask, TaskTooLarge } from '../text/worker-threads.ts';

/** What is looked at. The longest texts take quadratic time, and nobody guesses this many characters. */
const LOOKED_AT_CHARS = 72;
/** zxcvbn's third of four grades: more than 10^8 guesses. */
const GRADE_MIN = 3;
/** A hundred times what the worst text takes. */
const TIMEOUT_MS = 10_000;

/** Addresses take turns, as with the hashes. */
const checking = createSemaphore({ atOnce: 1, waitingMax: 200, waitingMaxEach: 100 });

let opened: Promise<Piscina> | undefined;

/**
 * Whether a password is too easy to guess. `inputs` are words that a guesser would try first: the e-mail address, the
 * name. Throws UNAVAILABLE if too many passwords wait, or the check takes too long.
 */
export function isEasyToGuess(
  { address }: Pick<Context, 'address'>,
  text: string,
  inputs: readonly string[],
): Promise<boolean> {
  return checking.run(async () => {
    opened ??= openPiscina(builtWorker('password-worker'), 1);
    const password = text.slice(0, LOOKED_AT_CHARS).toWellFormed();
    try {
      return Number(await runTask(await opened, 'grade', { password, inputs }, TIMEOUT_MS)) < GRADE_MIN;
    } catch (error) {
      if (!(error instanceof TaskTooLarge)) throw error;
      throw overloaded('A new password cannot be checked at the moment.', 1);
    }
  }, addressBlock(address));
}
