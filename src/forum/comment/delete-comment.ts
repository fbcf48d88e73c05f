import type { Context } from '../../access/context.ts';
import { enforce, type Verdict } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { DeleteCommentInput, RestoreCommentInput } from '../../generated/graphql.ts';
import { globalId, requiredRowId, unknownId } from '../../graphql/global-id.ts';
import { updateRows } from '../../store/index.ts';
import { checkedDeletionReason, overrulesAuthor, recordAnswer } from '../discussion/index.ts';
import { mayDeleteComment, mayRestoreComment } from './change-rules.ts';
import { isListed, type LockedComment, lockAnyCommentWithDiscussion } from './comment-for-update.ts';
import { recordComment } from './record-comment.ts';

/**
 * Deletes a comment. Its row keeps votes, marks and text, so that it can be restored. Does nothing if it is deleted
 * already, unless its author deleted it and a moderator does so now.
 */
export async function deleteComment(
  ctx: Context,
  input: DeleteCommentInput,
): Promise<{ commentId: string; discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const commentId = requiredRowId('Comment', input.commentId, 'input.commentId');
  const reason = checkedDeletionReason(input.reason);

  return write(ctx, 'deleteComment', input, async (tx) => {
    // load
    const { discussion, comment } = await lockAnyCommentWithDiscussion(tx, commentId);
    // rule
    enforceIfSeen(mayDeleteComment(viewer, comment, discussion), comment);
    // change
    const isDeleted = comment.deletedAt !== null;
    const set = { deletedAt: ctx.now(), deletedById: viewer.id, deletionReason: reason };
    if (!isDeleted || overrulesAuthor(viewer, comment, comment.deletedById))
      await updateRows(tx, 'comment', { id: commentId }, set);
    if (isDeleted) return { commentId, discussionId: discussion.id };
    // after
    await recordComment(ctx, tx, discussion, comment, -1);
    if (discussion.answerId === commentId) await recordAnswer(tx, discussion, null);
    return { commentId, discussionId: discussion.id };
  });
}

/** Restores a deleted comment. It does not become the answer again. Does nothing if it is not deleted. */
export async function restoreComment(
  ctx: Context,
  input: RestoreCommentInput,
): Promise<{ commentId: string; discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const commentId = requiredRowId('Comment', input.commentId, 'input.commentId');

  return write(ctx, 'restoreComment', input, async (tx) => {
    // load
    const { discussion, comment } = await lockAnyCommentWithDiscussion(tx, commentId);
    // rule
    enforceIfSeen(mayRestoreComment(viewer, comment, discussion), comment);
    // change
    if (comment.deletedAt === null) return { commentId, discussionId: discussion.id };
    const set = { deletedAt: null, deletedById: null, deletionReason: null };
    await updateRows(tx, 'comment', { id: commentId }, set);
    // after
    await recordComment(ctx, tx, discussion, comment, 1);
    return { commentId, discussionId: discussion.id };
  });
}

/** Throws if the verdict refuses. Who may not restore a comment that is not visible may not know of it. */
function enforceIfSeen(verdict: Verdict, comment: LockedComment): void {
  if (!verdict.isAllowed && !isListed(comment))
    throw unknownId(globalId('Comment', comment.id), 'input.commentId');
  enforce(verdict, 'input.commentId');
}
