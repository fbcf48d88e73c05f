import type { Context } from '../../access/context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { answering, ofType } from '../../graphql/payload.ts';
import { loadComment } from '../comment/index.ts';
import { loadDiscussion } from '../discussion/index.ts';
import { setVote, type VoteOutcome } from './set-vote.ts';
import { loadViewerVote } from './vote-reads.ts';
import { mayVote, mayVoteOnDiscussion } from './vote-rules.ts';

export const voteResolvers: Resolvers = {
  Mutation: {
    setVote: answering(setVote, async (ctx, outcome) => ({ subject: await subjectOf(ctx, outcome) })),
  },
  ServerInfo: {
    isVotingOnOwnAllowed: (_, __, { policy }) => policy.voteOnOwn,
    isVotingWhenLockedAllowed: (_, __, { policy }) => policy.voteWhenLocked,
  },
  Discussion: { viewerVote: (discussion, _, ctx) => loadViewerVote(ctx, 'discussion', discussion.id) },
  Comment: { viewerVote: (comment, _, ctx) => loadViewerVote(ctx, 'comment', comment.id) },
  DiscussionPermissions: {
    vote: (discussion, _, ctx) => mayVoteOnDiscussion(ctx.viewer, discussion, ctx.policy),
  },
  CommentPermissions: {
    vote: async (comment, _, ctx) => {
      const discussion = await loadDiscussion(ctx, comment.discussionId);
      const isLocked = discussion !== null && discussion.lockedAt !== null;
      const isDeleted = comment.deletedAt !== null;
      return mayVote(ctx.viewer, { authorId: comment.authorId, isLocked, isDeleted }, ctx.policy);
    },
  },
};

async function subjectOf(ctx: Context, { type, id }: VoteOutcome) {
  if (type === 'Discussion') {
    const discussion = await loadDiscussion(ctx, id);
    return discussion && ofType(discussion, type);
  }
  const comment = await loadComment(ctx, id);
  return comment && ofType(comment, type);
}
