import type { Context } from '../access/context.ts';
import { writeSecret } from '../access/write.ts';
import type { ResetPasswordInput } from '../generated/graphql.ts';
import { change, deleteRows, type Transaction, updateRows } from '../store/index.ts';
import { type Lock, lockAccountForUpdate } from './account-reads.ts';
import { consumeTokenUse } from './guess-limits.ts';
import { passwordChangedEmail } from './letters.ts';
import { checkedMailToken, deadToken, endMailTokens, findMailToken, useMailToken } from './mail-token.ts';
import { hashPassword } from './password-hash.ts';
import { checkedNewPassword } from './password-rules.ts';

/** Sets a new password by the token of a letter, and ends all sessions. Answers the author's row id. */
export async function resetPassword(
  ctx: Context,
  input: ResetPasswordInput,
): Promise<{ readonly authorId: string }> {
  // who: whoever has the token
  // input
  const hash = checkedMailToken(input.token, 'input.token');
  const password = checkedNewPassword(input.newPassword, null, 'input.newPassword');
  await consumeTokenUse(ctx);
  const passwordHash = await hashPassword(password);

  return writeSecret(ctx, 'resetPassword', input, async (tx, afterCommit) => {
    // load
    const token = await findMailToken(ctx, tx, 'RESET_PASSWORD', hash);
    const account = token && (await lockAccountForUpdate(tx, token.authorId));
    // rule
    if (account?.email !== token?.email || !account) throw deadToken('input.token');
    checkedNewPassword(input.newPassword, account.email, 'input.newPassword');
    if (!(await useMailToken(tx, hash))) throw deadToken('input.token');
    // change
    await setPassword(ctx, tx, account, passwordHash);
    // after
    afterCommit((to) => to.mail.send(() => passwordChangedEmail(to, account.email)));
    return { authorId: account.authorId };
  });
}

const revokeAll = change(
  'api_key.revokeAll',
  'UPDATE api_key SET revoked_at = ? WHERE author_id = ? AND revoked_at IS NULL',
);

async function setPassword(
  ctx: Context,
  tx: Transaction,
  account: Lock,
  passwordHash: string,
): Promise<void> {
  const { authorId, emailConfirmedAt } = account;
  const now = ctx.now();
  const isConfirmed = emailConfirmedAt !== null;
  await updateRows(
    tx,
    'account',
    { authorId },
    // the letter came to this address
    { passwordHash, passwordChangedAt: now, ...(isConfirmed ? {} : { emailConfirmedAt: now }) },
  );
  await deleteRows(tx, 'session', { authorId });
  await endMailTokens(tx, 'RESET_PASSWORD', authorId);
  if (isConfirmed) return;
  await endMailTokens(tx, 'CONFIRM_EMAIL', authorId);
  // somebody may have made the account with another's address, and a key to keep: now that its owner has come, it ends
  await tx.run(revokeAll, [now, authorId]);
}
