// requestEmailConfirmation and confirmEmail.
import type { Context } from '../access/context.ts';
import { enforce } from '../access/verdict.ts';
import { write } from '../access/write.ts';
import type { ConfirmEmailInput, RequestEmailConfirmationInput } from '../generated/graphql.ts';
import { queueEmail } from '../mail/email-queue.ts';
import { updateRows } from '../store/index.ts';
import { type AccountCredentials, findCredentialsByAuthor, lockAccountForUpdate } from './account-reads.ts';
import { mayConfirmAddress, requireOwner } from './account-rules.ts';
import { checkedMailToken, endMailTokens, findMailToken, invalidToken, useMailToken } from './mail-token.ts';
import { consumeEmailAllowance, consumeTokenUse } from './rate-limits.ts';

/** Sends another confirmation e-mail to the viewer, unless their address is confirmed. The result holds their row id. */
export async function requestEmailConfirmation(
  ctx: Context,
  input: RequestEmailConfirmationInput,
): Promise<{ readonly authorId: string }> {
  // who
  const viewer = requireOwner(ctx);
  // load
  const found = await findCredentialsByAuthor(ctx, viewer.id);
  // rule
  enforce(mayConfirmAddress(viewer, found !== null));
  const { authorId, email } = found as AccountCredentials;
  await consumeEmailAllowance(ctx, email);

  return write(ctx, 'requestEmailConfirmation', input, async (tx, afterCommit) => {
    const account = await lockAccountForUpdate(tx, authorId);
    // change
    if (account && account.emailConfirmedAt === null) {
      await queueEmail(ctx, tx, 'CONFIRM_EMAIL', email);
      afterCommit((to) => to.mail.wake());
    }
    return { authorId };
  });
}

/** Confirms an address with a token that was sent to it. The result holds the author's row id. */
export async function confirmEmail(
  ctx: Context,
  input: ConfirmEmailInput,
): Promise<{ readonly authorId: string }> {
  // who: anyone who has the token
  // input
  const hash = checkedMailToken(input.token, 'input.token');
  await consumeTokenUse(ctx);

  return write(ctx, 'confirmEmail', input, async (tx) => {
    // load
    const token = await findMailToken(ctx, tx, 'CONFIRM_EMAIL', hash);
    const account = token && (await lockAccountForUpdate(tx, token.authorId));
    // rule: a token that was sent to an old address does not confirm a new one
    if (account?.email !== token?.email || !account) throw invalidToken('input.token');
    if (!(await useMailToken(tx, hash))) throw invalidToken('input.token');
    // change
    const { authorId } = account;
    await updateRows(tx, 'account', { authorId }, { emailConfirmedAt: ctx.now() });
    await endMailTokens(tx, 'CONFIRM_EMAIL', authorId);
    return { authorId };
  });
}
