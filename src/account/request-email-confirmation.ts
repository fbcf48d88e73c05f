import type { RequestEmailConfirmationInput } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { enforce } from '../kit/verdict.ts';
import { write } from '../kit/write.ts';
import { findLockOf, type Lock, takeAccountOf } from './account-reads.ts';
import { mayConfirmAddress, requireOwner } from './account-rules.ts';
import { takeLetter } from './guess-limits.ts';
import { confirmationLetter } from './letters.ts';
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
  await takeLetter(ctx, email);

  return write(ctx, 'requestEmailConfirmation', input, async (tx, afterwards) => {
    const account = await takeAccountOf(tx, authorId);
    // change
    if (account && account.emailConfirmedAt === null) {
      const token = await issueMailToken(ctx, tx, 'CONFIRM_EMAIL', account);
      afterwards((to) => to.mail.send(() => confirmationLetter(to, email, token)));
    }
    return { authorId };
  });
}
