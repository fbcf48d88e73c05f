import { noteAnswer } from '../discussion/index.ts';
import type { MarkCommentAsAnswerInput } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { statement, type Transaction } from '../kit/db/index.ts';
import { checkSeen } from '../kit/edit.ts';
import { requiredRowId } from '../kit/global-id.ts';
import { enforce } from '../kit/verdict.ts';
import { requireWriter } from '../kit/viewer.ts';
import { write } from '../kit/write.ts';
import { mayMarkAsAnswer } from './answer-rules.ts';
import { acceptedRevision } from './comment-view.ts';
import { takePlace } from './take-comment.ts';

/** Accepts a comment, as its text stands, as the answer of its discussion, in place of an earlier one. */
export async function markCommentAsAnswer(
  ctx: Context,
  input: MarkCommentAsAnswerInput,
): Promise<{ commentId: string; discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const commentId = requiredRowId('Comment', input.commentId, 'input.commentId');

  return write(ctx, 'markCommentAsAnswer', input, async (tx) => {
    // load
    const { discussion, comment } = await takePlace(tx, commentId, 'input.commentId');
    const category = await categoryWith(tx, discussion.categoryId);
    // rule
    enforce(mayMarkAsAnswer(viewer, comment, discussion, category), 'input.commentId');
    checkSeen(input.revision, comment);
    // change: an answer that was edited since is accepted anew
    const { id, revision } = comment;
    const isSo = discussion.answerId === id && acceptedRevision(discussion) === revision;
    if (!isSo) {
      const accepted = { acceptedById: viewer.id, acceptedAt: ctx.now() };
      await noteAnswer(tx, discussion, { commentId: id, revision, ...accepted });
    }
    return { commentId, discussionId: discussion.id };
  });
}

const categoryById = statement<{ isAnswerable: boolean | 0 | 1 }>(
  'comment.categoryOfAnswer',
  'SELECT is_answerable AS "isAnswerable" FROM category WHERE id = ?',
);

async function categoryWith(tx: Transaction, id: string | null) {
  if (id === null) return null;
  const [row] = await tx.all(categoryById, [id]);
  return row ?? null;
}
