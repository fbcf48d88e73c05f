import type { Context } from '../../access/context.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { LockDiscussionInput, UnlockDiscussionInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { updateRows } from '../../store/index.ts';
import { lockDiscussionForUpdate } from './discussion-for-update.ts';
import { mayLockDiscussion } from './discussion-rules.ts';

/**
 * Locks a discussion. If it is locked already, only the reason changes: who locked it, and when, stay. Returns the row's
 * id.
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
    const discussion = await lockDiscussionForUpdate(tx, discussionId, 'input.discussionId');
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

/** Unlocks a discussion. Does nothing if it is not locked. Returns the row's id. */
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
