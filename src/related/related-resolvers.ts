import { type DiscussionRow, discussionUrl, loadDiscussion, slugInUrl } from '../discussion/index.ts';
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

/** Whether a link knows no page but a discussion here: its title and address are that discussion's, deleted or not. */
function isOfThisForumAlone(ctx: Context, { targetId, url }: RelatedLinkRow): boolean {
  return targetId !== null && slugInUrl(ctx, url) !== null;
}

export const relatedResolvers: Resolvers = {
  Mutation: {
    addRelatedDiscussion: answering(addRelatedDiscussion, shown),
    removeRelatedDiscussion: answering(removeRelatedDiscussion, shown),
  },
  DiscussionPermissions: { relate: (discussion, _, ctx) => mayRelate(ctx.viewer, discussion) },
  Discussion: {
    relatedDiscussions: async (discussion, { first }, ctx) => {
      const links = await loadRelatedLinks(ctx, discussion.id, pageSize(first, 'first'));
      const targets = await Promise.all(links.map((link) => targetOf(ctx, link)));
      return links.filter((link, i) => targets[i] !== null || !isOfThisForumAlone(ctx, link));
    },
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
