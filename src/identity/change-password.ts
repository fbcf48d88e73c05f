import type { Context } from '../access/context.ts';
import { conflict } from '../access/errors.ts';
import { enforce } from '../access/verdict.ts';
import { writeSecret } from '../access/write.ts';
import type { ChangePasswordInput } from '../generated/graphql.ts';
import { change, updateRows } from '../store/index.ts';
import { findLockOf, type Lock, lockAccountForUpdate } from './account-reads.ts';
import { mayChangePassword, requireOwner } from './account-rules.ts';
import { consumePasswordGuess } from './guess-limits.ts';
import { passwordChangedEmail } from './letters.ts';
import { endMailTokens } from './mail-token.ts';
import { hashPassword, isPassword } from './password-hash.ts';
import { checkedNewPassword, givenPassword, wrongPassword } from './password-rules.ts';

const endOthers = change('session.endOthers', 'DELETE FROM session WHERE author_id = ? AND id <> ?');

/** Sets a new password for whoever knows the present one, and ends their other sessions. */
export async function changePassword(
  ctx: Context,
  input: ChangePasswordInput,
): Promise<{ readonly authorId: string }> {
  // who
  const viewer = requireOwner(ctx);
  // load
  const lock = await findLockOf(ctx, viewer.id);
  // rule
  enforce(mayChangePassword(viewer, lock !== null));
  const { authorId, email, passwordHash: before } = lock as Lock;
  // input
  const current = givenPassword(input.currentPassword, 'input.currentPassword');
  const password = checkedNewPassword(input.newPassword, email, 'input.newPassword');
  // a stolen session must not be a way to try passwords
  const takeBack = await consumePasswordGuess(ctx, email);
  const isRight = await isPassword(current, before);
  const passwordHash = await hashPassword(password);

  const outcome = await writeSecret(ctx, 'changePassword', input, async (tx, afterCommit) => {
    // rule: inside, so that a repeat answers what the first one did, though its password is no longer the present one
    if (!isRight) throw wrongPassword('input.currentPassword');
    const account = await lockAccountForUpdate(tx, authorId);
    if (account?.passwordHash !== before)
      throw conflict('The password has been changed in the meantime.', 'input.currentPassword');
    // change
    await updateRows(tx, 'account', { authorId }, { passwordHash, passwordChangedAt: ctx.now() });
    // after
    await tx.run(endOthers, [authorId, viewer.credential.id ?? '']);
    await endMailTokens(tx, 'RESET_PASSWORD', authorId);
    afterCommit((to) => to.mail.send(() => passwordChangedEmail(to, email)));
    return { authorId };
  });
  await takeBack();
  return outcome;
}
