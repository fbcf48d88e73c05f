import { noteAnswer } from '../discussion/index.ts';
import type { DeleteCommentInput } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { updateRows } from '../kit/db/index.ts';
import { requiredRowId } from '../kit/global-id.ts';
import { enforce } from '../kit/verdict.ts';
import { requireWriter } from '../kit/viewer.ts';
import { write } from '../kit/write.ts';
import { mayDeleteComment } from './change-rules.ts';
import { noteComment } from './note-comment.ts';
import { takePlace } from './take-comment.ts';

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
    const { discussion, comment } = await takePlace(tx, commentId, 'input.commentId');
    // rule
    enforce(mayDeleteComment(viewer, comment, discussion), 'input.commentId');
    // change
    await updateRows(tx, 'comment', { id: commentId }, { deletedAt: ctx.now(), deletedById: viewer.id });
    // after
    await noteComment(tx, discussion, comment, -1);
    if (discussion.answerId === commentId) await noteAnswer(tx, discussion, null);
    return { commentId, discussionId: discussion.id };
  });
}
