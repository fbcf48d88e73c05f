import type { Context } from '../../access/context.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { type Outcome, write } from '../../access/write.ts';
import type { CloseDiscussionInput, ReopenDiscussionInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { updateRows } from '../../store/index.ts';
import { lockDiscussionForUpdate } from './discussion-for-update.ts';
import { mayCloseDiscussion } from './discussion-rules.ts';

/** What was closed or reopened, and the original if it was a duplicate and no longer is: row ids. */
interface Closed extends Outcome {
  readonly discussionId: string;
  readonly previousOriginalId: string | null;
}

/**
 * Closes a discussion. If it is closed already, only the reason changes: who closed it, and when, stay. A duplicate that
 * gets another reason is none any longer.
 */
export async function closeDiscussion(ctx: Context, input: CloseDiscussionInput): Promise<Closed> {
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
      return { discussionId, previousOriginalId: null };
    }
    const previousOriginalId = reason === 'DUPLICATE' ? null : discussion.duplicateOfId;
    const unmarked = previousOriginalId === null ? {} : { duplicateOfId: null };
    if (discussion.closeReason !== reason)
      await updateRows(tx, 'discussion', { id: discussionId }, { closeReason: reason, ...unmarked });
    return { discussionId, previousOriginalId };
  });
}

/** Reopens a discussion, which is no duplicate any longer. Does nothing if it is not closed. */
export async function reopenDiscussion(ctx: Context, input: ReopenDiscussionInput): Promise<Closed> {
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
    const { duplicateOfId: previousOriginalId } = discussion;
    if (discussion.closedAt !== null) {
      const unmarked = previousOriginalId === null ? {} : { duplicateOfId: null };
      const set = { closedAt: null, closedById: null, closeReason: null, ...unmarked };
      await updateRows(tx, 'discussion', { id: discussionId }, set);
    }
    return { discussionId, previousOriginalId };
  });
}
