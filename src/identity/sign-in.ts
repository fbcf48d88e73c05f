// signIn and signOut.
import type { Context } from '../access/context.ts';
import { enforce } from '../access/verdict.ts';
import { write, writeSecret } from '../access/write.ts';
import type { SignInInput, SignOutInput } from '../generated/graphql.ts';
import { deleteRows, updateRows } from '../store/index.ts';
import { findCredentialsByEmail, lockAccountForUpdate } from './account-reads.ts';
import { maySignOut } from './account-rules.ts';
import { checkedEmail, currentPassword, wrongPassword } from './credential-rules.ts';
import { checkedDeviceId, knownPlace, recordPlace } from './known-places.ts';
import { hashPassword, isOutdated, isPassword } from './password-hash.ts';
import { consumePasswordGuess } from './rate-limits.ts';
import { beginSession, type SignedIn } from './sessions.ts';

/** Signs in. A wrong password and an address without an account get the same message and cost the same work. */
export async function signIn(ctx: Context, input: SignInInput): Promise<SignedIn> {
  // who: anyone
  // input
  const email = checkedEmail(input.email, 'input.email');
  const password = currentPassword(input.password, 'input.password');
  const deviceId = checkedDeviceId(input.deviceId, 'input.deviceId');
  // load
  const found = await findCredentialsByEmail(ctx, email);
  const place = await knownPlace(ctx, found?.authorId ?? null, deviceId);
  const refund = await consumePasswordGuess(ctx, email, place);
  const isRight = await isPassword(ctx, password, found?.passwordHash ?? null);
  const renewed =
    found && isRight && isOutdated(found.passwordHash) ? await hashPassword(ctx, password) : null;
  // rule: before a stored outcome, which holds a token
  if (!found || !isRight) throw wrongPassword('input.password');

  const outcome = await writeSecret(ctx, 'signIn', input, async (tx) => {
    const account = await lockAccountForUpdate(tx, found.authorId);
    // a password change in the meantime has ended all sessions: this must not add one
    if (account?.passwordHash !== found.passwordHash) throw wrongPassword('input.password');
    const { authorId } = account;
    // change
    if (renewed) await updateRows(tx, 'account', { authorId }, { passwordHash: renewed });
    await recordPlace(ctx, tx, authorId, deviceId);
    return beginSession(ctx, tx, authorId);
  });
  // after
  await refund();
  return outcome;
}

/** Ends the session that the request uses. */
export async function signOut(ctx: Context, input: SignOutInput): Promise<void> {
  // rule
  enforce(maySignOut(ctx.viewer));
  const id = ctx.viewer?.credential.id ?? '';

  await write(ctx, 'signOut', input, async (tx) => {
    // change: deleting a session that another request has just ended is no error
    await deleteRows(tx, 'session', { id });
    return {};
  });
}
