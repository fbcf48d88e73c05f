import { loadDiscussion } from '../discussion/index.ts';
import type { MutationResolvers } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { globalId } from '../kit/global-id.ts';
import { payload } from '../kit/payload.ts';
import { addComment } from './add-comment.ts';
import { loadComment } from './comment-reads.ts';
import { deleteComment } from './delete-comment.ts';
import { markCommentAsAnswer } from './mark-comment-as-answer.ts';
import { restoreComment } from './restore-comment.ts';
import { restoreCommentRevision } from './restore-comment-revision.ts';
import { unmarkCommentAsAnswer } from './unmark-comment-as-answer.ts';
import { updateComment } from './update-comment.ts';

/** The mutations of this room: each is a file of its own, and here is what it answers. */
export const commentMutations: MutationResolvers = {
  addComment: async (_, { input }, ctx) => payload(input, await both(ctx, await addComment(ctx, input))),
  updateComment: async (_, { input }, ctx) => {
    const { commentId } = await updateComment(ctx, input);
    return payload(input, { comment: await loadComment(ctx, commentId) });
  },
  restoreCommentRevision: async (_, { input }, ctx) => {
    const { commentId } = await restoreCommentRevision(ctx, input);
    return payload(input, { comment: await loadComment(ctx, commentId) });
  },
  deleteComment: async (_, { input }, ctx) => {
    const outcome = await deleteComment(ctx, input);
    const deletedCommentId = globalId('Comment', outcome.commentId);
    return payload(input, { deletedCommentId, ...(await both(ctx, outcome)) });
  },
  restoreComment: async (_, { input }, ctx) =>
    payload(input, await both(ctx, await restoreComment(ctx, input))),
  markCommentAsAnswer: async (_, { input }, ctx) =>
    payload(input, await both(ctx, await markCommentAsAnswer(ctx, input))),
  unmarkCommentAsAnswer: async (_, { input }, ctx) =>
    payload(input, await both(ctx, await unmarkCommentAsAnswer(ctx, input))),
};

async function both(ctx: Context, outcome: { readonly commentId: string; readonly discussionId: string }) {
  const [comment, discussion] = await Promise.all([
    loadComment(ctx, outcome.commentId),
    loadDiscussion(ctx, outcome.discussionId),
  ]);
  return { comment, discussion };
}
