import type { Context } from '../../access/context.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter, type Viewer } from '../../access/viewer.ts';
import { type Outcome, write } from '../../access/write.ts';
import type { CloseDiscussionInput, ReopenDiscussionInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { updateRows } from '../../store/index.ts';
import { type LockedDiscussion, lockDiscussionForUpdate } from './discussion-for-update.ts';
import { mayCloseDiscussion, overrulesAuthor } from './discussion-rules.ts';

/** What was closed or reopened, and the original if it was a duplicate and no longer is: row ids. */
interface Closed extends Outcome {
  readonly discussionId: string;
  readonly previousOriginalId: string | null;
}

/**
 * Who closes a discussion, and when. Nothing if it is closed already, unless its author closed it and a moderator does so
 * now.
 */
export function closing(
  ctx: Context,
  viewer: Viewer,
  discussion: LockedDiscussion,
): { closedAt?: Date; closedById?: string } {
  const { closedAt, closedById } = discussion;
  return closedAt === null || overrulesAuthor(viewer, discussion, closedById)
    ? { closedAt: ctx.now(), closedById: viewer.id }
    : {};
}

/** Closes a discussion, or changes the reason. A duplicate that gets another reason is none any longer. */
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
    const previousOriginalId = reason === 'DUPLICATE' ? null : discussion.duplicateOfId;
    const set = {
      ...closing(ctx, viewer, discussion),
      ...(discussion.closeReason !== reason && { closeReason: reason }),
      ...(previousOriginalId !== null && { duplicateOfId: null }),
    };
    if (Object.keys(set).length > 0) await updateRows(tx, 'discussion', { id: discussionId }, set);
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
