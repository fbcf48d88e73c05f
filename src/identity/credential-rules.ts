// What an e-mail address and a password may be.
import * as z from 'zod';
import { badInput, type Refusal } from '../access/errors.ts';
import { isOverlong, normalized } from '../text/text-rules.ts';

/** A path in SMTP holds 256 bytes, two of them brackets (RFC 5321, 4.5.3.1.3). */
const EMAIL_CHARS_MAX = 254;
const emailForm = z.email();

/**
 * An address as it is stored and compared: trimmed, composed, in lower case. RFC 5321 (2.4) lets the part before the
 * "@" depend on case, but no mail server in use does, and one person must not get two accounts.
 */
export function checkedEmail(text: string, field: string): string {
  if (isOverlong(text, EMAIL_CHARS_MAX)) throw noEmail(field);
  const email = normalized(text.trim(), EMAIL_CHARS_MAX).toLowerCase();
  if (email.length > EMAIL_CHARS_MAX || !emailForm.safeParse(email).success) throw noEmail(field);
  return email;
}

function noEmail(field: string): Refusal {
  return badInput('This is not an e-mail address such as name@example.com.', field);
}

/**
 * NIST SP 800-63B requires a minimum of 8 or more, a maximum of 64 or more, and no rules on kinds of characters. The
 * minimum is 10 because accounts have no second factor.
 */
const PASSWORD_CHARS_MIN = 10;
const PASSWORD_CHARS_MAX = 128;
const TOO_LONG = `A password has at most ${PASSWORD_CHARS_MAX} characters.`;

/** The most common leaked passwords of this length. SP 800-63B requires that such passwords are refused. */
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

/** A new password, in the form that is hashed. Throws BAD_USER_INPUT with the field if it is too easy to guess. */
export function checkedNewPassword(text: string, email: string | null, field: string): string {
  if (isOverlong(text, PASSWORD_CHARS_MAX)) throw badInput(TOO_LONG, field);
  const password = normalized(text, PASSWORD_CHARS_MAX);
  const fault = faultOf(password, email);
  if (fault !== null) throw badInput(fault, field);
  return password;
}

function faultOf(password: string, email: string | null): string | null {
  const chars = [...password];
  if (chars.length < PASSWORD_CHARS_MIN)
    return `A password has at least ${PASSWORD_CHARS_MIN} characters, not ${chars.length}.`;
  if (chars.length > PASSWORD_CHARS_MAX) return TOO_LONG;
  const lowerCase = password.toLowerCase();
  if (lowerCase === email) return 'The e-mail address cannot be the password.';
  if (COMMON.has(lowerCase) || new Set(chars).size === 1) return 'This password is too common.';
  return null;
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
  return badInput('The e-mail address or the password is wrong.', field);
}
