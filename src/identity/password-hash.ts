// Passwords are stored as argon2id hashes. Hashing is slow on purpose. It runs on libuv's threads, which files and DNS
// also need, so it uses only some of them and a bounded amount of memory.
import type * as Argon2 from '@node-rs/argon2';
import { addressBlock } from '../access/address-block.ts';
import type { Context } from '../access/context.ts';
import { createSemaphore } from '../access/semaphore.ts';

/**
 * OWASP's Password Storage Cheat Sheet: argon2id with at least 19 MiB, 2 passes and 1 lane; about 20 ms on this
 * decade's machines. They can be raised at any time: a stored hash names its parameters, and signing in renews it.
 */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const STORED_FORM = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`;

/**
 * Two of libuv's four threads, and 38 MiB. A hundred in the queue wait a second or two, which a person accepts. Further
 * ones of the same network address are refused with UNAVAILABLE. Addresses take turns.
 */
const hashing = createSemaphore({ atOnce: 2, waitingMax: 200, waitingMaxEach: 100 });

/** Whose password is hashed. */
type Client = Pick<Context, 'address'>;
const addressOf = ({ address }: Client) => addressBlock(address);

let opened: Promise<typeof Argon2> | undefined;

/** Loaded at the first password: a server usually answers many reads before anyone signs in. */
function argon2(): Promise<typeof Argon2> {
  opened ??= import('@node-rs/argon2');
  return opened;
}

/** The hash that is stored for a password. Throws UNAVAILABLE if too many passwords wait to be hashed. */
export async function hashPassword(client: Client, password: string): Promise<string> {
  const { hash } = await argon2();
  return hashing.run(() => hash(password, PARAMETERS), addressOf(client));
}

/**
 * Whether a password matches a stored hash. Pass null if there is no account: that costs the same work, so the response
 * time does not reveal it. Throws UNAVAILABLE if too many passwords wait to be hashed.
 */
export async function isPassword(client: Client, password: string, stored: string | null): Promise<boolean> {
  const { hash, verify } = await argon2();
  return hashing.run(async () => {
    if (stored !== null) return verify(stored, password);
    await hash(password, PARAMETERS);
    return false;
  }, addressOf(client));
}

/** Whether a stored hash was made with other parameters than the present ones. */
export function isOutdated(stored: string): boolean {
  return !stored.startsWith(STORED_FORM);
}
