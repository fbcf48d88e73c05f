// requestPasswordReset and resetPassword.
import type { Context } from '../access/context.ts';
import { write, writeSecret } from '../access/write.ts';
import { loadAuthor } from '../forum/author/index.ts';
import type { RequestPasswordResetInput, ResetPasswordInput } from '../generated/graphql.ts';
import { queueEmail } from '../mail/email-queue.ts';
import { change, deleteRows, type Transaction, updateRows } from '../store/index.ts';
import { type AccountCredentials, lockAccountForUpdate } from './account-reads.ts';
import { checkedEmail, checkedNewPassword, type PasswordOwner } from './credential-rules.ts';
import { recordPlace } from './known-places.ts';
import { checkedMailToken, endMailTokens, findMailToken, invalidToken, useMailToken } from './mail-token.ts';
import { hashPassword } from './password-hash.ts';
import { consumeEmailAllowance, consumeTokenUse } from './rate-limits.ts';

/** E-mails a token for a new password. The account is looked up when the e-mail is made, so that no response reveals it. */
export async function requestPasswordReset(ctx: Context, input: RequestPasswordResetInput): Promise<void> {
  // who: anyone
  // input
  const email = checkedEmail(input.email, 'input.email');
  await consumeEmailAllowance(ctx, email);

  await write(ctx, 'requestPasswordReset', input, async (tx, afterCommit) => {
    // change
    await queueEmail(ctx, tx, 'RESET_PASSWORD', email);
    // after
    afterCommit((to) => to.mail.wake());
    return {};
  });
}

/** Sets a new password with a token from an e-mail, and ends all sessions. The result holds the author's row id. */
export async function resetPassword(
  ctx: Context,
  input: ResetPasswordInput,
): Promise<{ readonly authorId: string }> {
  // who: anyone who has the token
  // input
  const hash = checkedMailToken(input.token, 'input.token');
  await consumeTokenUse(ctx);
  // load
  const owner = await ownerOf(ctx, hash);
  const password = await checkedNewPassword(ctx, input.newPassword, owner, 'input.newPassword');
  const passwordHash = await hashPassword(ctx, password);

  return writeSecret(ctx, 'resetPassword', input, async (tx, afterCommit) => {
    // load
    const token = await findMailToken(ctx, tx, 'RESET_PASSWORD', hash);
    const account = token && (await lockAccountForUpdate(tx, token.authorId));
    // rule
    if (account?.email !== token?.email || !account) throw invalidToken('input.token');
    if (!(await useMailToken(tx, hash))) throw invalidToken('input.token');
    // change
    await setPassword(ctx, tx, account, passwordHash);
    await recordPlace(ctx, tx, account.authorId, null);
    // after
    await queueEmail(ctx, tx, 'PASSWORD_CHANGED', account.email);
    afterCommit((to) => to.mail.wake());
    return { authorId: account.authorId };
  });
}

/** Whose token it is. Null if it is invalid, which the transaction finds out, so that a repeat gets its outcome. */
async function ownerOf(ctx: Context, hash: string): Promise<PasswordOwner | null> {
  const token = await ctx.db.transaction((tx) => findMailToken(ctx, tx, 'RESET_PASSWORD', hash));
  const author = token && (await loadAuthor(ctx, token.authorId));
  return token && { email: token.email, name: author?.name ?? null, handle: author?.handle ?? null };
}

const revokeAll = change(
  'api_key.revokeAll',
  'UPDATE api_key SET revoked_at = ? WHERE author_id = ? AND revoked_at IS NULL',
  { table: 'api_key', sets: ['revoked_at'], by: ['revoked_at', 'author_id'] },
);

async function setPassword(
  ctx: Context,
  tx: Transaction,
  { authorId, emailConfirmedAt }: AccountCredentials,
  passwordHash: string,
): Promise<void> {
  const now = ctx.now();
  const isConfirmed = emailConfirmedAt !== null;
  // the token was sent to this address, so using it confirms the address too
  const confirmation = isConfirmed ? {} : { emailConfirmedAt: now };
  await updateRows(tx, 'account', { authorId }, { passwordHash, passwordChangedAt: now, ...confirmation });
  await deleteRows(tx, 'session', { authorId });
  // someone else may have signed in, or created the account, from these
  await deleteRows(tx, 'sign_in_address', { authorId });
  await deleteRows(tx, 'sign_in_device', { authorId });
  await endMailTokens(tx, 'RESET_PASSWORD', authorId);
  if (isConfirmed) return;
  await endMailTokens(tx, 'CONFIRM_EMAIL', authorId);
  // someone else may have created the account with this address and kept a key: its owner ends it now
  await tx.run(revokeAll, [now, authorId]);
}
