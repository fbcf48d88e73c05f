// What an e-mail address and a password may be.
import type { Context } from '../access/context.ts';
import { badInput, Refusal } from '../access/errors.ts';
import { charsOf, isOverlong, normalized } from '../text/text-rules.ts';
import { canonicalEmail, EMAIL_CHARS_MAX } from './email-address.ts';
import { isEasyToGuess } from './password-strength.ts';

/** An address as it is stored and compared: trimmed, composed, in the one form of its mailbox. */
export function checkedEmail(text: string, field: string): string {
  if (isOverlong(text, EMAIL_CHARS_MAX)) throw noEmail(field);
  const email = canonicalEmail(normalized(text.trim(), EMAIL_CHARS_MAX));
  if (email === null) throw noEmail(field);
  return email;
}

function noEmail(field: string): Refusal {
  return badInput('This is not an e-mail address such as name@example.com.', field);
}

/**
 * NIST SP 800-63B requires a minimum of 8 or more, a maximum of 64 or more, and no rules on kinds of characters. The
 * minimum is 10 because accounts have no second factor.
 */
export const PASSWORD_CHARS_MIN = 10;
export const PASSWORD_CHARS_MAX = 128;
const TOO_LONG = `A password has at most ${PASSWORD_CHARS_MAX} characters.`;

/** Whose password it is. Null members are unknown. */
export interface PasswordOwner {
  readonly email: string;
  readonly name: string | null;
  readonly handle: string | null;
}

/**
 * A new password, in the form that is hashed. Throws BAD_USER_INPUT with the field if its length is wrong or it is too
 * easy to guess. SP 800-63B requires that common and leaked passwords are refused, and what is known of their owner.
 * Call it before the transaction: it waits for a worker.
 */
export async function checkedNewPassword(
  ctx: Pick<Context, 'address'>,
  text: string,
  owner: PasswordOwner | null,
  field: string,
): Promise<string> {
  if (isOverlong(text, PASSWORD_CHARS_MAX)) throw badInput(TOO_LONG, field);
  const password = normalized(text, PASSWORD_CHARS_MAX);
  const chars = charsOf(password);
  if (chars < PASSWORD_CHARS_MIN)
    throw badInput(`A password has at least ${PASSWORD_CHARS_MIN} characters, not ${chars}.`, field);
  if (chars > PASSWORD_CHARS_MAX) throw badInput(TOO_LONG, field);
  const words = owner ? wordsOf(owner) : [];
  if (consistsOf(password, words))
    throw badInput('A password cannot consist of your e-mail address, name or handle.', field);
  if (await isEasyToGuess(ctx, password, words))
    throw badInput('This password is too easy to guess: use a longer one, such as four random words.', field);
  return password;
}

/** Shorter words, such as initials, are in many good passwords by chance. */
const WORD_CHARS_MIN = 3;
/** How many characters a password has beside its owner's words. */
const REST_CHARS_MIN = 8;

/** The owner's words, whole and in parts: longer ones first, so that a part is not cut out of a whole one. */
function wordsOf({ email, name, handle }: PasswordOwner): string[] {
  const wholes = [email, ...email.split('@'), name ?? '', handle ?? ''].map((word) => word.toLowerCase());
  const parts = wholes.flatMap((word) => [
    word.replaceAll(/[^\p{L}\p{N}]/gu, ''),
    ...word.split(/[^\p{L}\p{N}]+/u),
  ]);
  return [...new Set([...wholes, ...parts])]
    .filter((word) => word.length >= WORD_CHARS_MIN)
    .sort((one, other) => other.length - one.length);
}

/** Whether little is left of a password without these words. */
function consistsOf(password: string, words: readonly string[]): boolean {
  let rest = password.toLowerCase();
  for (const word of words) rest = rest.replaceAll(word, '');
  return rest.length < password.length && charsOf(rest) < REST_CHARS_MIN;
}

/**
 * An existing password, in the form that is hashed. It may break the rules for new ones, which may have changed since.
 * Throws BAD_USER_INPUT if it is longer than any password can be.
 */
export function currentPassword(text: string, field: string): string {
  const password = normalized(text, PASSWORD_CHARS_MAX);
  // in UTF-16 units, of which a character has at most two: this bounds the time that hashing takes
  if (password.length > 2 * PASSWORD_CHARS_MAX) throw badInput(TOO_LONG, field);
  return password;
}

/** The refusal of a wrong password, and of an address without an account. The message does not say which. */
export function wrongPassword(field: string): Refusal {
  return new Refusal('INVALID_CREDENTIALS', 'The e-mail address or the password is wrong.', { field });
}
