import type { Resolvers } from '../generated/graphql.ts';
import { loadViewerVote } from './vote-reads.ts';

export const voteResolvers: Resolvers = {
  Discussion: { viewerVote: (discussion, _, ctx) => loadViewerVote(ctx, 'discussion', discussion.id) },
  Comment: { viewerVote: (comment, _, ctx) => loadViewerVote(ctx, 'comment', comment.id) },
};
