import type { Context } from '../access/context.ts';
import type { Email } from '../access/mailer.ts';
import { write } from '../access/write.ts';
import type { RequestPasswordResetInput } from '../generated/graphql.ts';
import { findLock, lockAccountForUpdate } from './account-reads.ts';
import { checkedEmail } from './email.ts';
import { consumeEmailAllowance } from './guess-limits.ts';
import { passwordResetEmail } from './letters.ts';
import { issueMailToken } from './mail-token.ts';

/** Has a letter sent to an account's owner. Nothing is looked up before the answer, so that no answer can tell. */
export async function requestPasswordReset(ctx: Context, input: RequestPasswordResetInput): Promise<void> {
  // who: anybody
  // input
  const email = checkedEmail(input.email, 'input.email');
  await consumeEmailAllowance(ctx, email);

  await write(ctx, 'requestPasswordReset', input, async (_tx, afterCommit) => {
    afterCommit((to) => to.mail.send(() => writeLetter(to, email)));
    return {};
  });
}

async function writeLetter(ctx: Context, email: string): Promise<Email | null> {
  const lock = await findLock(ctx, email);
  if (!lock) return null;
  const token = await ctx.db.transaction(async (tx) => {
    const account = await lockAccountForUpdate(tx, lock.authorId);
    return account?.email === email ? issueMailToken(ctx, tx, 'RESET_PASSWORD', account) : null;
  });
  return token === null ? null : passwordResetEmail(ctx, email, token);
}
