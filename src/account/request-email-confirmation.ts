import type { RequestEmailConfirmationInput } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { forbidden } from '../kit/errors.ts';
import { write } from '../kit/write.ts';
import { findLockOf, takeAccountOf } from './account-reads.ts';
import { requireOwner } from './account-rules.ts';
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
  if (!lock) throw forbidden('There is no address here to confirm: your account is elsewhere.');
  const { authorId, email } = lock;
  await takeLetter(ctx, email);

  let issued: string | null = null;
  const outcome = await write(ctx, 'requestEmailConfirmation', input, async (tx) => {
    const account = await takeAccountOf(tx, authorId);
    // change
    if (account && account.emailConfirmedAt === null)
      issued = await issueMailToken(ctx, tx, 'CONFIRM_EMAIL', account);
    return { authorId };
  });
  // after
  const token: string | null = issued;
  if (token !== null) ctx.mail.send(() => confirmationLetter(ctx, email, token));
  return outcome;
}
