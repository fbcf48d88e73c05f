import type { Resolvers } from '../../generated/graphql.ts';
import { edgeOf } from '../../graphql/connections/connection.ts';
import { globalId } from '../../graphql/global-id.ts';
import { referenced } from '../../graphql/loader.ts';
import { answering } from '../../graphql/payload.ts';
import { loadComment, MOVED_MAX } from '../comment/index.ts';
import {
  discussionOrders,
  loadDiscussion,
  loadDiscussionOrMerged,
  loadDiscussionOrMergedInto,
  pageDiscussionsOf,
  pageMergedInto,
} from '../discussion/index.ts';
import { mergeDiscussions } from './merge-discussions.ts';
import { loadIsUndoable } from './merge-record.ts';
import { mayMerge, maySplit, UNDO_MS } from './merge-rules.ts';
import { SPLIT_COMMENTS_MAX, splitDiscussion } from './split-discussion.ts';
import { unmergeDiscussions } from './unmerge-discussions.ts';

export const mergeResolvers: Resolvers = {
  Mutation: {
    mergeDiscussions: answering(mergeDiscussions, async (ctx, outcome) => ({
      destination: await loadDiscussion(ctx, outcome.destinationId),
      source: await loadDiscussionOrMerged(ctx, outcome.sourceId),
      comment: await referenced(outcome.commentId, (id) => loadComment(ctx, id)),
      unmarkedAnswer: await referenced(outcome.unmarkedAnswerId, (id) => loadComment(ctx, id)),
    })),
    unmergeDiscussions: answering(unmergeDiscussions, async (ctx, outcome) => ({
      source: await loadDiscussionOrMerged(ctx, outcome.sourceId),
      destination: await referenced(outcome.destinationId, (id) => loadDiscussion(ctx, id)),
      removedCommentId: outcome.removedCommentId && globalId('Comment', outcome.removedCommentId),
    })),
    splitDiscussion: answering(splitDiscussion, async (ctx, outcome) => {
      const discussion = await loadDiscussion(ctx, outcome.discussionId);
      return {
        discussion,
        discussionEdge: discussion && edgeOf(discussionOrders.ACTIVE, discussion),
        source: await loadDiscussion(ctx, outcome.sourceId),
        removedCommentId: globalId('Comment', outcome.removedCommentId),
        unmarkedAnswer: await referenced(outcome.unmarkedAnswerId, (id) => loadComment(ctx, id)),
      };
    }),
  },
  Discussion: {
    mergedInto: ({ mergedIntoId }, _, ctx) => referenced(mergedIntoId, (id) => loadDiscussion(ctx, id)),
    mergedComment: ({ mergedCommentId }, _, ctx) => referenced(mergedCommentId, (id) => loadComment(ctx, id)),
    mergeUndoEndsAt: async ({ id, mergedAt }, _, ctx) => {
      if (mergedAt === null || ctx.now().getTime() > mergedAt + UNDO_MS) return null;
      return (await loadIsUndoable(ctx, id)) ? mergedAt + UNDO_MS : null;
    },
    mergedDiscussions: ({ id }, args, ctx) => pageMergedInto(ctx, id, args),
    splitFrom: ({ splitFromId }, _, ctx) =>
      referenced(splitFromId, (id) => loadDiscussionOrMergedInto(ctx, id)),
    splitDiscussions: ({ id }, args, ctx) =>
      pageDiscussionsOf(ctx, 'splitFrom', id, args, discussionOrders.NEWEST),
  },
  DiscussionPermissions: {
    merge: (discussion, _, ctx) => mayMerge(ctx.viewer, discussion),
    split: (discussion, _, ctx) => maySplit(ctx.viewer, discussion),
  },
  ServerInfo: {
    maxMovedComments: () => MOVED_MAX,
    maxSplitComments: () => SPLIT_COMMENTS_MAX,
    mergeUndoSeconds: () => UNDO_MS / 1000,
  },
};
