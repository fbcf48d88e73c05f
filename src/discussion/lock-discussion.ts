import type { LockDiscussionInput } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { updateRows } from '../kit/db/index.ts';
import { requiredRowId } from '../kit/global-id.ts';
import { enforce } from '../kit/verdict.ts';
import { requireWriter } from '../kit/viewer.ts';
import { write } from '../kit/write.ts';
import { mayLockDiscussion } from './discussion-rules.ts';
import { takeDiscussion } from './take-discussion.ts';

/**
 * Lets nothing more be written in a discussion. One that is locked takes the reason alone: who locked it, and when,
 * stay. Answers the row's id.
 */
export async function lockDiscussion(
  ctx: Context,
  input: LockDiscussionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');
  const reason = input.reason ?? null;

  return write(ctx, 'lockDiscussion', input, async (tx) => {
    // load
    const discussion = await takeDiscussion(tx, discussionId, 'input.discussionId');
    // rule
    enforce(mayLockDiscussion(viewer, discussion), 'input.discussionId');
    // change
    if (discussion.lockedAt === null) {
      const set = { lockedAt: ctx.now(), lockedById: viewer.id, lockReason: reason };
      await updateRows(tx, 'discussion', { id: discussionId }, set);
    } else if (discussion.lockReason !== reason) {
      await updateRows(tx, 'discussion', { id: discussionId }, { lockReason: reason });
    }
    return { discussionId };
  });
}
