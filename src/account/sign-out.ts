import type { SignOutInput } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { deleteRows } from '../kit/db/index.ts';
import { forbidden } from '../kit/errors.ts';
import { requireWriter } from '../kit/viewer.ts';
import { write } from '../kit/write.ts';

/** Ends the session that the request came with. */
export async function signOut(ctx: Context, input: SignOutInput): Promise<void> {
  // who
  const { credential } = requireWriter(ctx);
  // rule
  if (credential.kind !== 'SESSION' || credential.id === null)
    throw forbidden('There is no session here to end: this request came with another credential.');
  const { id } = credential;

  await write(ctx, 'signOut', input, async (tx) => {
    // change: of two at once the second finds it gone, which is what it wants
    await deleteRows(tx, 'session', { id });
    return {};
  });
}
