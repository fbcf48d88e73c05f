import { badInput, type Refusal } from '../access/errors.ts';
import { normalized } from '../text/text-rules.ts';

/**
 * NIST SP 800-63B asks for 8 at least and 64 at least as the most, and for no rules on kinds of characters; the two more
 * are for accounts that have no second factor.
 */
export const PASSWORD_CHARS_MIN = 10;
export const PASSWORD_CHARS_MAX = 128;

/** What is tried first: the long ones that head the lists of leaked passwords (SP 800-63B asks to refuse such). */
const COMMON: ReadonlySet<string> = new Set(
  `0123456789 0987654321 1234567890 1234567891 12345678910 123456789a a123456789 123123123123 1q2w3e4r5t 1q2w3e4r5t6y
  1qaz2wsx3edc 1qazxsw23edc q1w2e3r4t5 q1w2e3r4t5y6 qwertyuiop qwertyuiop123 qwerty1234 qwerty12345 qwerty123456
  asdfghjkl1 asdfghjkl123 zxcvbnm123 abcdefghij abcdefghijk abcd123456 abc123456789 password01 password12 password123
  password1234 password12345 passw0rd123 passwordpassword p@ssw0rd123 p@ssword123 iloveyou123 iloveyou12 letmein123
  welcome123 welcome1234 changeme123 administrator admin12345 admin123456 sunshine123 football123 baseball123
  princess123 superman123 dragon12345 monkey12345 testtest12 testtest123 correcthorsebatterystaple`.split(
    /\s+/,
  ),
);

/** A password as it is hashed: composed, so that it is the same from every keyboard. */
const composed = normalized;

/** A password to have from now on. Throws BAD_USER_INPUT with the field where it is too easily guessed. */
export function checkedNewPassword(text: string, email: string | null, field: string): string {
  const password = composed(text);
  const fault = faultOf(password, email);
  if (fault !== null) throw badInput(fault, field);
  return password;
}

function faultOf(password: string, email: string | null): string | null {
  const chars = [...password];
  if (chars.length < PASSWORD_CHARS_MIN)
    return `A password has at least ${PASSWORD_CHARS_MIN} characters, not ${chars.length}.`;
  if (chars.length > PASSWORD_CHARS_MAX) return TOO_LONG;
  const plain = password.toLowerCase();
  if (plain === email) return 'The e-mail address cannot be the password.';
  if (COMMON.has(plain) || new Set(chars).size === 1) return 'This password is too common.';
  return null;
}

const TOO_LONG = `A password has at most ${PASSWORD_CHARS_MAX} characters.`;

/** A password to show that one knows it: whatever was good when it was set. No longer than any can be. */
export function givenPassword(text: string, field: string): string {
  const password = composed(text);
  // a length in UTF-16 units: nobody's password is refused, and nobody's hash takes long
  if (password.length > 2 * PASSWORD_CHARS_MAX) throw badInput(TOO_LONG, field);
  return password;
}

/** What is answered for a password that is not the account's, and for an address without an account: the same words. */
export function wrongPassword(field: string): Refusal {
  return badInput('The e-mail address or the password is wrong.', field);
}
