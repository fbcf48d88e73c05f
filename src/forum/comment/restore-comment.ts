import type { Context } from '../../access/context.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { RestoreCommentInput } from '../../generated/graphql.ts';
import { requiredRowId, unknownId } from '../../graphql/global-id.ts';
import { updateRows } from '../../store/index.ts';
import { mayRestoreComment } from './change-rules.ts';
import { isListed, lockAnyCommentWithDiscussion } from './comment-for-update.ts';
import { recordComment } from './record-comment.ts';

/** Brings a deleted comment back as it was, but for being the answer: that is for people to say again. */
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
    // who may not bring it back may not know of it either
    if (!verdict.allowed && !isListed(comment)) throw unknownId(input.commentId, 'input.commentId');
    enforce(verdict, 'input.commentId');
    // change
    await updateRows(tx, 'comment', { id: commentId }, { deletedAt: null, deletedById: null });
    // after
    await recordComment(ctx, tx, discussion, comment, 1);
    return { commentId, discussionId: discussion.id };
  });
}
