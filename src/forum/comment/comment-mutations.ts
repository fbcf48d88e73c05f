import type { Context } from '../../access/context.ts';
import type { MutationResolvers } from '../../generated/graphql.ts';
import { globalId } from '../../graphql/global-id.ts';
import { answering } from '../../graphql/payload.ts';
import { loadDiscussion } from '../discussion/index.ts';
import { addComment } from './add-comment.ts';
import { loadComment } from './comment-reads.ts';
import { deleteComment, restoreComment } from './delete-comment.ts';
import { markCommentAsAnswer, unmarkCommentAsAnswer } from './mark-comment-as-answer.ts';
import { redactCommentRevision } from './redact-comment-revision.ts';
import { restoreCommentRevision } from './restore-comment-revision.ts';
import { loadRevisionNumbered } from './revision-reads.ts';
import { updateComment } from './update-comment.ts';

const commentPayload = async (ctx: Context, { commentId }: { readonly commentId: string }) => ({
  comment: await loadComment(ctx, commentId),
});

const threadPayload = async (
  ctx: Context,
  outcome: { readonly commentId: string; readonly discussionId: string },
) => {
  const [comment, discussion] = await Promise.all([
    loadComment(ctx, outcome.commentId),
    loadDiscussion(ctx, outcome.discussionId),
  ]);
  return { comment, discussion };
};

/** The module's mutations with their payloads. */
export const commentMutations: MutationResolvers = {
  addComment: answering(addComment, threadPayload),
  updateComment: answering(updateComment, commentPayload),
  restoreCommentRevision: answering(restoreCommentRevision, commentPayload),
  redactCommentRevision: answering(redactCommentRevision, async (ctx, { commentId, revision }) => {
    const [redactedRevision, nextRevision] = await Promise.all([
      loadRevisionNumbered(ctx, commentId, revision),
      loadRevisionNumbered(ctx, commentId, revision + 1),
    ]);
    return { ...(await commentPayload(ctx, { commentId })), redactedRevision, nextRevision };
  }),
  deleteComment: answering(deleteComment, async (ctx, outcome) => ({
    deletedCommentId: globalId('Comment', outcome.commentId),
    ...(await threadPayload(ctx, outcome)),
  })),
  restoreComment: answering(restoreComment, threadPayload),
  markCommentAsAnswer: answering(markCommentAsAnswer, threadPayload),
  unmarkCommentAsAnswer: answering(unmarkCommentAsAnswer, threadPayload),
};
