import type { Context } from '../../access/context.ts';
import type { MutationResolvers } from '../../generated/graphql.ts';
import { globalId } from '../../graphql/global-id.ts';
import { answering } from '../../graphql/payload.ts';
import { loadDiscussion } from '../discussion/index.ts';
import { addComment } from './add-comment.ts';
import { loadComment } from './comment-reads.ts';
import { deleteComment, restoreComment } from './delete-comment.ts';
import { markCommentAsAnswer, unmarkCommentAsAnswer } from './mark-comment-as-answer.ts';
import { restoreCommentRevision } from './restore-comment-revision.ts';
import { updateComment } from './update-comment.ts';

/** What an edit answers. */
const edited = async (ctx: Context, { commentId }: { readonly commentId: string }) => ({
  comment: await loadComment(ctx, commentId),
});

/** What changes a thread answers. */
const both = async (ctx: Context, outcome: { readonly commentId: string; readonly discussionId: string }) => {
  const [comment, discussion] = await Promise.all([
    loadComment(ctx, outcome.commentId),
    loadDiscussion(ctx, outcome.discussionId),
  ]);
  return { comment, discussion };
};

/** The mutations of this room: each is a file of its own, and here is what it answers. */
export const commentMutations: MutationResolvers = {
  addComment: answering(addComment, both),
  updateComment: answering(updateComment, edited),
  restoreCommentRevision: answering(restoreCommentRevision, edited),
  deleteComment: answering(deleteComment, async (ctx, outcome) => ({
    deletedCommentId: globalId('Comment', outcome.commentId),
    ...(await both(ctx, outcome)),
  })),
  restoreComment: answering(restoreComment, both),
  markCommentAsAnswer: answering(markCommentAsAnswer, both),
  unmarkCommentAsAnswer: answering(unmarkCommentAsAnswer, both),
};
