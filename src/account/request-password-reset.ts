import type { RequestPasswordResetInput } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import type { Letter } from '../kit/mail.ts';
import { write } from '../kit/write.ts';
import { findLock, takeAccountOf } from './account-reads.ts';
import { checkedEmail } from './email.ts';
import { takeLetter } from './guess-limits.ts';
import { passwordResetLetter } from './letters.ts';
import { issueMailToken } from './mail-token.ts';

/** Has a letter sent to an account's owner. Nothing is looked up before the answer, so that no answer can tell. */
export async function requestPasswordReset(ctx: Context, input: RequestPasswordResetInput): Promise<void> {
  // who: anybody
  // input
  const email = checkedEmail(input.email, 'input.email');
  await takeLetter(ctx, email);

  await write(ctx, 'requestPasswordReset', input, async (_tx, afterwards) => {
    afterwards((to) => to.mail.send(() => writeLetter(to, email)));
    return {};
  });
}

async function writeLetter(ctx: Context, email: string): Promise<Letter | null> {
  const lock = await findLock(ctx, email);
  if (!lock) return null;
  const token = await ctx.db.transaction(async (tx) => {
    const account = await takeAccountOf(tx, lock.authorId);
    return account?.email === email ? issueMailToken(ctx, tx, 'RESET_PASSWORD', account) : null;
  });
  return token === null ? null : passwordResetLetter(ctx, email, token);
}
