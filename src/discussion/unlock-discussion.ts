import type { UnlockDiscussionInput } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { updateRows } from '../kit/db/index.ts';
import { requiredRowId } from '../kit/global-id.ts';
import { enforce } from '../kit/verdict.ts';
import { requireWriter } from '../kit/viewer.ts';
import { write } from '../kit/write.ts';
import { mayLockDiscussion } from './discussion-rules.ts';
import { takeDiscussion } from './take-discussion.ts';

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
    const discussion = await takeDiscussion(tx, discussionId, 'input.discussionId');
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
