import type { Context } from '../../access/context.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { CloseDiscussionInput, ReopenDiscussionInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { updateRows } from '../../store/index.ts';
import { lockDiscussionForUpdate } from './discussion-for-update.ts';
import { mayCloseDiscussion } from './discussion-rules.ts';

/**
 * Closes a discussion. If it is closed already, only the reason changes: who closed it, and when, stay. Returns the row's
 * id.
 */
export async function closeDiscussion(
  ctx: Context,
  input: CloseDiscussionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');
  const reason = input.reason ?? null;

  return write(ctx, 'closeDiscussion', input, async (tx) => {
    // load
    const discussion = await lockDiscussionForUpdate(tx, discussionId, 'input.discussionId');
    // rule
    enforce(mayCloseDiscussion(viewer, discussion), 'input.discussionId');
    // change
    if (discussion.closedAt === null) {
      const set = { closedAt: ctx.now(), closedById: viewer.id, closeReason: reason };
      await updateRows(tx, 'discussion', { id: discussionId }, set);
    } else if (discussion.closeReason !== reason) {
      await updateRows(tx, 'discussion', { id: discussionId }, { closeReason: reason });
    }
    return { discussionId };
  });
}

/** Reopens a discussion. Does nothing if it is not closed. Returns the row's id. */
export async function reopenDiscussion(
  ctx: Context,
  input: ReopenDiscussionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');

  return write(ctx, 'reopenDiscussion', input, async (tx) => {
    // load
    const discussion = await lockDiscussionForUpdate(tx, discussionId, 'input.discussionId');
    // rule
    enforce(mayCloseDiscussion(viewer, discussion), 'input.discussionId');
    // change
    if (discussion.closedAt !== null) {
      const set = { closedAt: null, closedById: null, closeReason: null };
      await updateRows(tx, 'discussion', { id: discussionId }, set);
    }
    return { discussionId };
  });
}
