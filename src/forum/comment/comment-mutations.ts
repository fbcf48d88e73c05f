import type { Context } from '../../access/context.ts';
import type { MutationResolvers, Resolvers } from '../../generated/graphql.ts';
import { edgeOf } from '../../graphql/connections/connection.ts';
import { globalId } from '../../graphql/global-id.ts';
import { referenced } from '../../graphql/loader.ts';
import { answering } from '../../graphql/payload.ts';
import { loadDiscussion } from '../discussion/index.ts';
import { addComment } from './add-comment.ts';
import { type ChangedThread, loadAncestors } from './changed-thread.ts';
import { commentOrders } from './comment-orders.ts';
import { loadComment } from './comment-reads.ts';
import { deleteComment, restoreComment } from './delete-comment.ts';
import { markCommentAsAnswer, unmarkCommentAsAnswer } from './mark-comment-as-answer.ts';
import { redactCommentRevision } from './redact-comment-revision.ts';
import { restoreCommentRevision } from './restore-comment-revision.ts';
import { loadRevisionNumbered } from './revision-reads.ts';
import { loadTreeRow, threadOrder } from './tree-reads.ts';
import { updateComment } from './update-comment.ts';

interface InThread {
  readonly commentId: string;
  readonly discussionId: string;
}

const threadPayload = async (ctx: Context, { commentId, discussionId }: InThread) => {
  const [comment, discussion] = await Promise.all([
    loadComment(ctx, commentId),
    loadDiscussion(ctx, discussionId),
  ]);
  return { comment, discussion };
};

/** The payload of a comment that is new in its list. `commentPayloads` resolves its other members. */
const addedPayload = async (ctx: Context, outcome: InThread): Promise<ChangedThread> => ({
  ...(await threadPayload(ctx, outcome)),
  commentId: outcome.commentId,
});

/** The module's mutations with their payloads. */
export const commentMutations: MutationResolvers = {
  addComment: answering(addComment, addedPayload),
  updateComment: answering(updateComment, threadPayload),
  restoreCommentRevision: answering(restoreCommentRevision, threadPayload),
  redactCommentRevision: answering(redactCommentRevision, async (ctx, { commentId, revision }) => {
    const [comment, redactedRevision, nextRevision] = await Promise.all([
      loadComment(ctx, commentId),
      loadRevisionNumbered(ctx, commentId, revision),
      loadRevisionNumbered(ctx, commentId, revision + 1),
    ]);
    return { comment, redactedRevision, nextRevision };
  }),
  deleteComment: answering(deleteComment, addedPayload),
  restoreComment: answering(restoreComment, addedPayload),
  markCommentAsAnswer: answering(markCommentAsAnswer, async (ctx, outcome) => ({
    ...(await threadPayload(ctx, outcome)),
    previousAnswer: await referenced(outcome.previousAnswerId, (id) => loadComment(ctx, id)),
  })),
  unmarkCommentAsAnswer: answering(unmarkCommentAsAnswer, threadPayload),
};

const commentEdge = ({ comment }: ChangedThread) =>
  comment && edgeOf(comment.replyToId === null ? commentOrders.BEST : commentOrders.OLDEST, comment);
const allCommentsEdge = async ({ comment }: ChangedThread, _: unknown, ctx: Context) => {
  const row = comment && (await loadTreeRow(ctx, comment.id));
  return row && edgeOf(threadOrder('TREE'), row);
};
const ancestors = async ({ commentId }: ChangedThread, _: unknown, ctx: Context) => {
  const rows = await loadAncestors(ctx, commentId);
  return rows.flatMap(({ comment }) => comment ?? []);
};

/** The members of payloads that only some clients select: nothing is read for them otherwise. */
export const commentPayloads: Pick<
  Resolvers,
  'AddCommentPayload' | 'DeleteCommentPayload' | 'RestoreCommentPayload'
> = {
  AddCommentPayload: { commentEdge, allCommentsEdge, ancestors },
  RestoreCommentPayload: { commentEdge, allCommentsEdge, ancestors },
  DeleteCommentPayload: {
    deletedCommentId: ({ commentId }) => globalId('Comment', commentId),
    ancestors,
    removedCommentIds: async ({ comment, commentId }, _, ctx) => {
      const above = await loadAncestors(ctx, commentId);
      const removed = [{ id: commentId, comment }, ...above].filter((one) => one.comment === null);
      return removed.map(({ id }) => globalId('Comment', id));
    },
  },
};
