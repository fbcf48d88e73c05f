import type { Context } from '../access/context.ts';
import { write } from '../access/write.ts';
import type { RevokeSessionInput } from '../generated/graphql.ts';
import { requiredRowId, unknownId } from '../graphql/global-id.ts';
import { change } from '../store/index.ts';
import { requireOwner } from './account-rules.ts';

const endOwn = change(
  'session.endOwn',
  'DELETE FROM session WHERE id = ? AND author_id = ? AND expires_at > ?',
);

/** Ends one of the viewer's sessions. Answers its row's id. */
export async function revokeSession(
  ctx: Context,
  input: RevokeSessionInput,
): Promise<{ readonly sessionId: string }> {
  // who
  const viewer = requireOwner(ctx);
  // input
  const sessionId = requiredRowId('Session', input.sessionId, 'input.sessionId');

  return write(ctx, 'revokeSession', input, async (tx) => {
    // rule and change in one: somebody else's session is none
    const ended = await tx.run(endOwn, [sessionId, viewer.id, ctx.now()]);
    if (ended === 0) throw unknownId(input.sessionId, 'input.sessionId');
    return { sessionId };
  });
}
