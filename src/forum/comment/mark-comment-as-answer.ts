import type { Context } from '../../access/context.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { MarkCommentAsAnswerInput, UnmarkCommentAsAnswerInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { statement, type Transaction } from '../../store/index.ts';
import { recordAnswer } from '../discussion/index.ts';
import { checkRevision } from '../revisions.ts';
import { acceptedRevision, mayMarkAsAnswer, mayUnmarkAsAnswer } from './answer-rules.ts';
import { lockCommentWithDiscussion } from './comment-for-update.ts';

/** Accepts the present revision of a comment as the answer of its discussion, replacing an earlier answer, which it returns. */
export async function markCommentAsAnswer(
  ctx: Context,
  input: MarkCommentAsAnswerInput,
): Promise<{ commentId: string; discussionId: string; previousAnswerId: string | null }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const commentId = requiredRowId('Comment', input.commentId, 'input.commentId');

  return write(ctx, 'markCommentAsAnswer', input, async (tx) => {
    // load
    const { discussion, comment } = await lockCommentWithDiscussion(tx, commentId, 'input.commentId');
    const category = await findCategory(tx, discussion.categoryId);
    // rule
    enforce(mayMarkAsAnswer(viewer, comment, discussion, category), 'input.commentId');
    checkRevision(input.revision, comment);
    // change: accepting an edited answer again records its present revision
    const { id, revision } = comment;
    const isAccepted = discussion.answerId === id && acceptedRevision(discussion) === revision;
    if (!isAccepted) {
      const accepted = { acceptedById: viewer.id, acceptedAt: ctx.now() };
      await recordAnswer(tx, discussion, { commentId: id, revision, ...accepted });
    }
    const previousAnswerId = discussion.answerId === id ? null : discussion.answerId;
    return { commentId, discussionId: discussion.id, previousAnswerId };
  });
}

const categoryById = statement<{ isAnswerable: boolean | 0 | 1 }>(
  'comment.categoryOfAnswer',
  'SELECT is_answerable AS "isAnswerable" FROM category WHERE id = ?',
);

async function findCategory(tx: Transaction, id: string | null) {
  if (id === null) return null;
  const [row] = await tx.all(categoryById, [id]);
  return row ?? null;
}

/** Whether discussions of a category, or of none (null), have accepted answers. */
export async function hasAnswers(tx: Transaction, categoryId: string | null): Promise<boolean> {
  const category = await findCategory(tx, categoryId);
  return category === null || Boolean(category.isAnswerable);
}

/** Unmarks the answer. Does nothing if the comment is not the answer. */
export async function unmarkCommentAsAnswer(
  ctx: Context,
  input: UnmarkCommentAsAnswerInput,
): Promise<{ commentId: string; discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const commentId = requiredRowId('Comment', input.commentId, 'input.commentId');

  return write(ctx, 'unmarkCommentAsAnswer', input, async (tx) => {
    // load
    const { discussion, comment } = await lockCommentWithDiscussion(tx, commentId, 'input.commentId');
    // rule
    enforce(mayUnmarkAsAnswer(viewer, comment, discussion), 'input.commentId');
    // change
    if (discussion.answerId === commentId) await recordAnswer(tx, discussion, null);
    return { commentId, discussionId: discussion.id };
  });
}
