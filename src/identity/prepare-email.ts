// What the queue of e-mails asks for is made here, at each attempt to send it: the queue has no texts and no tokens.
import type { Email } from '../access/mailer.ts';
import type { QueuedEmail } from '../mail/email-queue.ts';
import type { Transaction } from '../store/index.ts';
import { lockAccountByEmail } from './account-reads.ts';
import { confirmationEmail, passwordChangedEmail, passwordResetEmail, type Site } from './emails.ts';
import { issueMailToken } from './mail-token.ts';

/**
 * Returns the function that makes e-mails for a site. It returns null for one that is no longer wanted: the address has no
 * account, is confirmed already, or has had a new password since. An attempt that failed may have delivered its e-mail
 * all the same, so its token stays valid beside the next one's.
 */
export function emailsOf(site: Site) {
  return async (tx: Transaction, queued: QueuedEmail, now: Date): Promise<Email | null> => {
    const { kind, recipient, createdAt } = queued;
    const account = await lockAccountByEmail(tx, recipient);
    if (account === null) return null;
    if (kind === 'PASSWORD_CHANGED') return passwordChangedEmail(site, recipient);
    const isObsolete =
      kind === 'CONFIRM_EMAIL' ? account.emailConfirmedAt !== null : account.passwordChangedAt > createdAt;
    if (isObsolete) return null;
    const replaces = queued.attempts === 1;
    const token = await issueMailToken(tx, { purpose: kind, account, now, replaces });
    return kind === 'CONFIRM_EMAIL'
      ? confirmationEmail(site, recipient, token)
      : passwordResetEmail(site, recipient, token);
  };
}
