import type { Context } from '../../access/context.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { DeleteCommentInput, RestoreCommentInput } from '../../generated/graphql.ts';
import { requiredRowId, unknownId } from '../../graphql/global-id.ts';
import { updateRows } from '../../store/index.ts';
import { checkedDeletionReason, recordAnswer } from '../discussion/index.ts';
import { mayDeleteComment, mayRestoreComment } from './change-rules.ts';
import { isListed, lockAnyCommentWithDiscussion, lockCommentWithDiscussion } from './comment-for-update.ts';
import { recordComment } from './record-comment.ts';

/** Deletes a comment. Its row keeps votes, marks and text, so that it can be restored. */
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
    const { discussion, comment } = await lockCommentWithDiscussion(tx, commentId, 'input.commentId');
    // rule
    enforce(mayDeleteComment(viewer, comment, discussion), 'input.commentId');
    // change
    const set = { deletedAt: ctx.now(), deletedById: viewer.id, deletionReason: reason };
    await updateRows(tx, 'comment', { id: commentId }, set);
    // after
    await recordComment(ctx, tx, discussion, comment, -1);
    if (discussion.answerId === commentId) await recordAnswer(tx, discussion, null);
    return { commentId, discussionId: discussion.id };
  });
}

/** Restores a deleted comment. It does not become the answer again. */
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
    const { discussion, comment } = await lockAnyCommentWithDiscussion(tx, commentId, 'input.commentId');
    // rule
    const verdict = mayRestoreComment(viewer, comment, discussion);
    // who may not restore a comment that is not visible may not know of it
    if (!verdict.isAllowed && !isListed(comment)) throw unknownId(input.commentId, 'input.commentId');
    enforce(verdict, 'input.commentId');
    // change
    const set = { deletedAt: null, deletedById: null, deletionReason: null };
    await updateRows(tx, 'comment', { id: commentId }, set);
    // after
    await recordComment(ctx, tx, discussion, comment, 1);
    return { commentId, discussionId: discussion.id };
  });
}
