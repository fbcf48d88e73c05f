import type { Context } from '../access/context.ts';
import { enforce } from '../access/verdict.ts';
import { write } from '../access/write.ts';
import type { RequestEmailConfirmationInput } from '../generated/graphql.ts';
import { findLockOf, type Lock, lockAccountForUpdate } from './account-reads.ts';
import { mayConfirmAddress, requireOwner } from './account-rules.ts';
import { consumeEmailAllowance } from './guess-limits.ts';
import { confirmationEmail } from './letters.ts';
import { issueMailToken } from './mail-token.ts';

/** Has another letter sent to the viewer's address, unless it is confirmed. Answers the author's row id. */
export async function requestEmailConfirmation(
  ctx: Context,
  input: RequestEmailConfirmationInput,
): Promise<{ readonly authorId: string }> {
  // who
  const viewer = requireOwner(ctx);
  // load
  const lock = await findLockOf(ctx, viewer.id);
  // rule
  enforce(mayConfirmAddress(viewer, lock !== null));
  const { authorId, email } = lock as Lock;
  await consumeEmailAllowance(ctx, email);

  return write(ctx, 'requestEmailConfirmation', input, async (tx, afterCommit) => {
    const account = await lockAccountForUpdate(tx, authorId);
    // change
    if (account && account.emailConfirmedAt === null) {
      const token = await issueMailToken(ctx, tx, 'CONFIRM_EMAIL', account);
      afterCommit((to) => to.mail.send(() => confirmationEmail(to, email, token)));
    }
    return { authorId };
  });
}
