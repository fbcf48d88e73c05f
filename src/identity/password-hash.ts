// Passwords are stored as argon2id. Hashing is slow on purpose: it runs beside the event loop, on threads that file and
// name look-ups share, and so only on some of them and never more than memory allows.
import type * as Argon2 from '@node-rs/argon2';
import { createSemaphore } from '../access/semaphore.ts';

/**
 * OWASP's Password Storage Cheat Sheet: argon2id with at least 19 MiB, 2 passes and 1 lane; about 20 ms on this
 * decade's machines. Stronger ones can be set here at any time: a stored hash names its own, and signing in renews it.
 */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const STORED_FORM = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`;

/**
 * Two of libuv's four threads, and 38 MiB. A hundred wait a second or two: as long as a person does, and room for fifty
 * repeats of one request; whoever comes later is told to come again.
 */
const turns = createSemaphore({ atOnce: 2, waitingMax: 100 });

let opened: Promise<typeof Argon2> | undefined;

/** Loaded at the first password: most servers are read from long before anybody signs in. */
function argon2(): Promise<typeof Argon2> {
  opened ??= import('@node-rs/argon2');
  return opened;
}

/** What is stored of a password. Throws RATE_LIMITED where too many wait to be hashed. */
export async function hashPassword(password: string): Promise<string> {
  const { hash } = await argon2();
  return turns.run(() => hash(password, PARAMETERS));
}

/**
 * Whether a password is the one that was stored. Null: there is no account, which takes the same work, so that the time
 * of an answer does not tell. Throws RATE_LIMITED where too many wait to be hashed.
 */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const { hash, verify } = await argon2();
  return turns.run(async () => {
    if (stored !== null) return verify(stored, password);
    await hash(password, PARAMETERS);
    return false;
  });
}

/** Whether a stored hash was made with other parameters than new ones are. */
export function isOutdated(stored: string): boolean {
  return !stored.startsWith(STORED_FORM);
}
