import type { Context } from '../access/context.ts';
import { enforce } from '../access/verdict.ts';
import { write } from '../access/write.ts';
import type { SignOutInput } from '../generated/graphql.ts';
import { deleteRows } from '../store/index.ts';
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
