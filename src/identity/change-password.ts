import type { Context } from '../access/context.ts';
import { conflict } from '../access/errors.ts';
import { enforce } from '../access/verdict.ts';
import { writeSecret } from '../access/write.ts';
import { loadAuthor } from '../forum/author/index.ts';
import type { ChangePasswordInput } from '../generated/graphql.ts';
import { queueEmail } from '../mail/email-queue.ts';
import { change, statement, updateRows } from '../store/index.ts';
import { type AccountCredentials, findCredentialsByAuthor, lockAccountForUpdate } from './account-reads.ts';
import { mayChangePassword, requireOwner } from './account-rules.ts';
import { checkedNewPassword, currentPassword, wrongPassword } from './credential-rules.ts';
import { knownPlace } from './known-places.ts';
import { endMailTokens } from './mail-token.ts';
import { hashPassword, isPassword } from './password-hash.ts';
import { consumePasswordGuess } from './rate-limits.ts';

const othersOf = statement<{ id: string }>(
  'session.othersOf',
  'SELECT id FROM session WHERE author_id = ? AND id <> ? AND expires_at > ? ORDER BY id',
);
const endOthers = change('session.endOthers', 'DELETE FROM session WHERE author_id = ? AND id <> ?', {
  table: 'session',
  sets: null,
  by: ['author_id', null],
});

/** Changes the viewer's password, ends their other sessions, whose row ids it returns, and notifies them by e-mail. */
export async function changePassword(
  ctx: Context,
  input: ChangePasswordInput,
): Promise<{ readonly authorId: string; readonly endedIds: string }> {
  // who
  const viewer = requireOwner(ctx);
  // load
  const found = await findCredentialsByAuthor(ctx, viewer.id);
  // rule
  enforce(mayChangePassword(viewer, found !== null));
  const { authorId, email, passwordHash: currentHash } = found as AccountCredentials;
  const author = await loadAuthor(ctx, authorId);
  const owner = { email, name: author?.name ?? null, handle: author?.handle ?? null };
  // input
  const current = currentPassword(input.currentPassword, 'input.currentPassword');
  const password = await checkedNewPassword(ctx, input.newPassword, owner, 'input.newPassword');
  // a stolen session must not be a way to guess passwords
  const refund = await consumePasswordGuess(ctx, email, await knownPlace(ctx, authorId, null));
  const isRight = await isPassword(ctx, current, currentHash);
  const passwordHash = await hashPassword(ctx, password);

  const outcome = await writeSecret(ctx, 'changePassword', input, async (tx, afterCommit) => {
    // rule: checked inside, so that a repeat has the outcome of the first request, which changed the current password
    if (!isRight) throw wrongPassword('input.currentPassword');
    const account = await lockAccountForUpdate(tx, authorId);
    if (account?.passwordHash !== currentHash)
      throw conflict('The password has been changed in the meantime.', 'input.currentPassword');
    // change
    await updateRows(tx, 'account', { authorId }, { passwordHash, passwordChangedAt: ctx.now() });
    const own = viewer.credential.id ?? '';
    const others = await tx.all(othersOf, [authorId, own, ctx.now()]);
    await tx.run(endOthers, [authorId, own]);
    await endMailTokens(tx, 'RESET_PASSWORD', authorId);
    // after
    await queueEmail(ctx, tx, 'PASSWORD_CHANGED', email);
    afterCommit((to) => to.mail.wake());
    return { authorId, endedIds: others.map(({ id }) => id).join(' ') };
  });
  await refund();
  return outcome;
}
