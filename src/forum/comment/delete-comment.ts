import type { Context } from '../../access/context.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { DeleteCommentInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { updateRows } from '../../store/index.ts';
import { recordAnswer } from '../discussion/index.ts';
import { mayDeleteComment } from './change-rules.ts';
import { lockCommentWithDiscussion } from './comment-for-update.ts';
import { recordComment } from './record-comment.ts';

/** Takes a comment away. Its votes, marks and text stay in its row, for whoever restores it. */
export async function deleteComment(
  ctx: Context,
  input: DeleteCommentInput,
): Promise<{ commentId: string; discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const commentId = requiredRowId('Comment', input.commentId, 'input.commentId');

  return write(ctx, 'deleteComment', input, async (tx) => {
    // load
    const { discussion, comment } = await lockCommentWithDiscussion(tx, commentId, 'input.commentId');
    // rule
    enforce(mayDeleteComment(viewer, comment, discussion), 'input.commentId');
    // change
    await updateRows(tx, 'comment', { id: commentId }, { deletedAt: ctx.now(), deletedById: viewer.id });
    // after
    await recordComment(ctx, tx, discussion, comment, -1);
    if (discussion.answerId === commentId) await recordAnswer(tx, discussion, null);
    return { commentId, discussionId: discussion.id };
  });
}
