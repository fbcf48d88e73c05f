import { type DiscussionRow, discussionUrl, loadDiscussion } from '../discussion/index.ts';
import type { Resolvers } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { after } from '../kit/later.ts';
import { pageSize } from '../kit/page-args.ts';
import { answering } from '../kit/payload.ts';
import { ago } from '../kit/relative-time.ts';
import { addRelatedDiscussion } from './add-related-discussion.ts';
import { loadRelatedLinks, type RelatedLinkRow } from './related-reads.ts';
import { mayRelate } from './related-rules.ts';
import { removeRelatedDiscussion } from './remove-related-discussion.ts';

/** The discussion that a link leads to; null while it leads elsewhere, or where its discussion may not be seen. */
function targetOf(ctx: Context, link: RelatedLinkRow): Promise<DiscussionRow | null> | null {
  return link.targetId === null ? null : loadDiscussion(ctx, link.targetId);
}

const shown = async (ctx: Context, { discussionId }: { readonly discussionId: string }) => ({
  discussion: await loadDiscussion(ctx, discussionId),
});

export const relatedResolvers: Resolvers = {
  Mutation: {
    addRelatedDiscussion: answering(addRelatedDiscussion, shown),
    removeRelatedDiscussion: answering(removeRelatedDiscussion, shown),
  },
  DiscussionPermissions: { relate: (discussion, _, ctx) => mayRelate(ctx.viewer, discussion) },
  Discussion: {
    relatedDiscussions: (discussion, { first }, ctx) =>
      loadRelatedLinks(ctx, discussion.id, pageSize(first, 'first')),
  },
  RelatedDiscussion: {
    title: (link, _, ctx) => after(targetOf(ctx, link), (target) => target?.title ?? link.title),
    url: (link, _, ctx) =>
      after(targetOf(ctx, link), (target) => (target ? discussionUrl(ctx, target.slug) : link.url)),
    createdAt: (link, _, ctx) => after(targetOf(ctx, link), (target) => target?.createdAt ?? link.createdAt),
    createdAgo: (link, _, ctx) =>
      after(targetOf(ctx, link), (target) => {
        const time = target?.createdAt ?? link.createdAt;
        return time === null ? null : ago(time, ctx.now());
      }),
    commentCount: (link, _, ctx) =>
      after(targetOf(ctx, link), (target) => target?.commentCount ?? link.importedCommentCount),
    discussion: (link, _, ctx) => targetOf(ctx, link),
  },
};
