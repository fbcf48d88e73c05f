import type { SignOutInput } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { deleteRows } from '../kit/db/index.ts';
import { enforce } from '../kit/verdict.ts';
import { write } from '../kit/write.ts';
import { maySignOut } from './account-rules.ts';

/** Ends the session that the request came with. */
export async function signOut(ctx: Context, input: SignOutInput): Promise<void> {
  // rule
  enforce(maySignOut(ctx.viewer));
  const id = ctx.viewer?.credential.id ?? '';

  await write(ctx, 'signOut', input, async (tx) => {
    // change: of two at once the second finds it gone, which is what it wants
    await deleteRows(tx, 'session', { id });
    return {};
  });
}
