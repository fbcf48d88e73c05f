import type { Context } from '../access/context.ts';
import { write } from '../access/write.ts';
import type { ConfirmEmailInput } from '../generated/graphql.ts';
import { updateRows } from '../store/index.ts';
import { lockAccountForUpdate } from './account-reads.ts';
import { consumeTokenUse } from './guess-limits.ts';
import { checkedMailToken, deadToken, findMailToken, useMailToken } from './mail-token.ts';

/** Confirms an address by the token of a letter that was sent to it. Answers the author's row id. */
export async function confirmEmail(
  ctx: Context,
  input: ConfirmEmailInput,
): Promise<{ readonly authorId: string }> {
  // who: whoever has the token
  // input
  const hash = checkedMailToken(input.token, 'input.token');
  await consumeTokenUse(ctx);

  return write(ctx, 'confirmEmail', input, async (tx) => {
    // load
    const token = await findMailToken(ctx, tx, 'CONFIRM_EMAIL', hash);
    const account = token && (await lockAccountForUpdate(tx, token.authorId));
    // rule: a letter to an old address confirms no new one
    if (account?.email !== token?.email || !account) throw deadToken('input.token');
    if (!(await useMailToken(tx, hash))) throw deadToken('input.token');
    // change
    const { authorId } = account;
    await updateRows(tx, 'account', { authorId }, { emailConfirmedAt: ctx.now() });
    return { authorId };
  });
}
