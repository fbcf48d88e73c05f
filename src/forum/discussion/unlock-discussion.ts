import type { Context } from '../../access/context.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { UnlockDiscussionInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { updateRows } from '../../store/index.ts';
import { lockDiscussionForUpdate } from './discussion-for-update.ts';
import { mayLockDiscussion } from './discussion-rules.ts';

/** Lets a discussion be written in again. Answers the row's id. */
export async function unlockDiscussion(
  ctx: Context,
  input: UnlockDiscussionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');

  return write(ctx, 'unlockDiscussion', input, async (tx) => {
    // load
    const discussion = await lockDiscussionForUpdate(tx, discussionId, 'input.discussionId');
    // rule
    enforce(mayLockDiscussion(viewer, discussion), 'input.discussionId');
    // change
    if (discussion.lockedAt !== null) {
      const set = { lockedAt: null, lockedById: null, lockReason: null };
      await updateRows(tx, 'discussion', { id: discussionId }, set);
    }
    return { discussionId };
  });
}
