import type { Context } from '../../access/context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { answering } from '../../graphql/payload.ts';
import { loadDiscussion } from '../discussion/index.ts';
import { recordDiscussionView } from './record-discussion-view.ts';
import { loadViewCount } from './view-reads.ts';

const viewed = async (ctx: Context, { discussionId }: { readonly discussionId: string }) => ({
  discussion: await loadDiscussion(ctx, discussionId),
});

export const viewResolvers: Resolvers = {
  Mutation: { recordDiscussionView: answering(recordDiscussionView, viewed) },
  ServerInfo: { hasViewCounts: (_, __, { viewCounter }) => viewCounter !== null },
  Discussion: { viewCount: (discussion, _, ctx) => loadViewCount(ctx, discussion.id) },
};
