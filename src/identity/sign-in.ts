import type { Context } from '../access/context.ts';
import { writeSecret } from '../access/write.ts';
import type { SignInInput } from '../generated/graphql.ts';
import { updateRows } from '../store/index.ts';
import { findLock, lockAccountForUpdate } from './account-reads.ts';
import { beginSession } from './begin-session.ts';
import type { SignedIn } from './create-account.ts';
import { checkedEmail } from './email.ts';
import { consumePasswordGuess } from './guess-limits.ts';
import { hashPassword, isOutdated, isPassword } from './password-hash.ts';
import { givenPassword, wrongPassword } from './password-rules.ts';

/** Signs in: the same words and the same work for a wrong password and for an address without an account. */
export async function signIn(ctx: Context, input: SignInInput): Promise<SignedIn> {
  // who: anybody
  // input
  const email = checkedEmail(input.email, 'input.email');
  const password = givenPassword(input.password, 'input.password');
  const takeBack = await consumePasswordGuess(ctx, email);
  // load
  const lock = await findLock(ctx, email);
  const isRight = await isPassword(password, lock?.passwordHash ?? null);
  const renewed = lock && isRight && isOutdated(lock.passwordHash) ? await hashPassword(password) : null;

  // rule: inside, so that a repeat answers what the first one did
  const outcome = await writeSecret(ctx, 'signIn', input, async (tx) => {
    const account = lock && isRight ? await lockAccountForUpdate(tx, lock.authorId) : null;
    // a password that was changed meanwhile has ended all sessions: this must not be one more
    if (!account || account.passwordHash !== lock?.passwordHash) throw wrongPassword('input.password');
    const { authorId } = account;
    // change
    if (renewed) await updateRows(tx, 'account', { authorId }, { passwordHash: renewed });
    return { authorId, ...(await beginSession(ctx, tx, authorId)) };
  });
  // after
  await takeBack();
  return outcome;
}
