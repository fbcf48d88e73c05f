import type { Context } from '../../access/context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { pageSize } from '../../graphql/connections/page-args.ts';
import { chain } from '../../graphql/execution/index.ts';
import { referenced } from '../../graphql/loader.ts';
import { answering } from '../../graphql/payload.ts';
import { type DiscussionRow, discussionUrl, loadDiscussion } from '../discussion/index.ts';
import { loadSimilar } from '../search/index.ts';
import { addRelatedDiscussion, removeRelatedDiscussion } from './add-related-discussion.ts';
import { isVisibleLink, loadRelatedLinks, type RelatedLinkRow } from './related-reads.ts';
import { mayRelate } from './related-rules.ts';

const discussionPayload = async (ctx: Context, { discussionId }: { readonly discussionId: string }) => ({
  discussion: await loadDiscussion(ctx, discussionId),
});

/** The links, and discussions with similar titles up to the number that is wanted. */
async function withSimilar(
  ctx: Context,
  discussion: DiscussionRow,
  links: readonly RelatedLinkRow[],
  size: number,
): Promise<RelatedLinkRow[]> {
  const linked = new Set(links.map(({ shownId }) => shownId));
  const similar = (await loadSimilar(ctx, discussion)).filter(({ id }) => !linked.has(id));
  return [
    ...links,
    ...similar.slice(0, size - links.length).map(({ id, slug, ...row }) => ({
      ...{ ...row, discussionId: discussion.id, url: '', targetId: id, shownId: id, shownSlug: slug },
    })),
  ];
}

export const relatedResolvers: Resolvers = {
  Mutation: {
    addRelatedDiscussion: answering(addRelatedDiscussion, discussionPayload),
    removeRelatedDiscussion: answering(removeRelatedDiscussion, discussionPayload),
  },
  DiscussionPermissions: { relate: (discussion, _, ctx) => mayRelate(ctx.viewer, discussion) },
  Discussion: {
    relatedDiscussions: (discussion, { first, hasSimilar }, ctx) => {
      const size = pageSize(first, 'first');
      return chain(loadRelatedLinks(ctx, discussion.id, size), (all) => {
        const links = all.filter((link) => isVisibleLink(ctx, link));
        return hasSimilar && links.length < size ? withSimilar(ctx, discussion, links, size) : links;
      });
    },
  },
  RelatedDiscussion: {
    url: (link, _, ctx) => (link.shownSlug === null ? link.url : discussionUrl(ctx, link.shownSlug)),
    createdAgo: ({ createdAt }, _, ctx) => (createdAt === null ? null : ctx.ago(createdAt)),
    discussion: (link, _, ctx) => referenced(link.shownId, (id) => loadDiscussion(ctx, id)),
  },
};
