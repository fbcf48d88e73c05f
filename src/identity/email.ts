import * as z from 'zod';
import { badInput } from '../access/errors.ts';
import { normalized } from '../text/text-rules.ts';
import { EMAIL_CHARS_MAX } from './account-limits.ts';

const form = z.email();

/**
 * An address as it is stored and compared: trimmed, composed, in lower case. That the part before the "@" may mean
 * something in upper case (RFC 5321, 2.4) is true of no mail server that people use; two accounts for one person are.
 */
export function checkedEmail(text: string, field: string): string {
  const email = normalized(text.trim()).toLowerCase();
  if (email.length > EMAIL_CHARS_MAX || !form.safeParse(email).success)
    throw badInput('This is not an e-mail address such as name@example.com.', field);
  return email;
}
