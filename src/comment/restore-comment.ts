import type { RestoreCommentInput } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { updateRows } from '../kit/db/index.ts';
import { nothingHas, requiredRowId } from '../kit/global-id.ts';
import { enforce } from '../kit/verdict.ts';
import { requireWriter } from '../kit/viewer.ts';
import { write } from '../kit/write.ts';
import { mayRestoreComment } from './change-rules.ts';
import { noteComment } from './note-comment.ts';
import { takeAnyPlace } from './take-comment.ts';

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
    const { discussion, comment, isListed } = await takeAnyPlace(tx, commentId, 'input.commentId');
    // rule
    const verdict = mayRestoreComment(viewer, comment, discussion);
    // who may not bring it back may not know of it either
    if (!verdict.allowed && !isListed) throw nothingHas(input.commentId, 'input.commentId');
    enforce(verdict, 'input.commentId');
    // change
    await updateRows(tx, 'comment', { id: commentId }, { deletedAt: null, deletedById: null });
    // after
    await noteComment(tx, discussion, comment, 1);
    return { commentId, discussionId: discussion.id };
  });
}
