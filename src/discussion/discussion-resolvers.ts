import { loadAuthor, loadMentionedAuthors } from '../author/index.ts';
import { categories, loadById, products } from '../catalog/index.ts';
import type { Resolvers } from '../generated/graphql.ts';
import { connectionResolvers } from '../kit/connection.ts';
import { globalId } from '../kit/global-id.ts';
import { referenced } from '../kit/loader.ts';
import { payload } from '../kit/payload.ts';
import { ago } from '../kit/relative-time.ts';
import { createDiscussion } from './create-discussion.ts';
import { conditionsOf } from './discussion-filter.ts';
import { discussionOrders } from './discussion-orders.ts';
import { pageDiscussions, pageDiscussionsOf } from './discussion-pages.ts';
import { loadPin, loadTags } from './discussion-parts.ts';
import { loadDiscussion } from './discussion-reads.ts';
import { mayUpdateDiscussion } from './discussion-rules.ts';
import { discussionUrl } from './discussion-url.ts';
import { findDiscussion } from './find-discussion.ts';

export const discussionResolvers: Resolvers = {
  Query: {
    discussion: (_, args, ctx) => findDiscussion(ctx, args),
    discussions: async (_, { filter, orderBy, ...page }, ctx) =>
      pageDiscussions(ctx, page, discussionOrders[orderBy], await conditionsOf(ctx, filter)),
  },
  Mutation: {
    createDiscussion: async (_, { input }, ctx) => {
      const { discussionId } = await createDiscussion(ctx, input);
      return payload(input, { discussion: await loadDiscussion(ctx, discussionId) });
    },
  },
  Discussion: {
    id: (discussion) => globalId('Discussion', discussion.id),
    url: (discussion, _, ctx) => discussionUrl(ctx, discussion.slug),
    bodyHTML: (discussion) => discussion.bodyHtml,
    author: (discussion, _, ctx) => referenced(discussion.authorId, (id) => loadAuthor(ctx, id)),
    createdAtIsApproximate: (discussion) => Boolean(discussion.createdAtIsApproximate),
    createdAgo: (discussion, _, ctx) => ago(discussion.createdAt, ctx.now()),
    category: (discussion, _, ctx) =>
      referenced(discussion.categoryId, (id) => loadById(ctx, categories, id)),
    product: (discussion, _, ctx) => referenced(discussion.productId, (id) => loadById(ctx, products, id)),
    tags: (discussion, _, ctx) => loadTags(ctx, discussion.id),
    pin: (discussion, _, ctx) => loadPin(ctx, discussion.id),
    locked: (discussion) => discussion.lockedAt !== null,
    closed: (discussion) => discussion.closedAt !== null,
    mentions: (discussion, _, ctx) => loadMentionedAuthors(ctx, 'discussion', discussion.id),
    viewerCan: (discussion) => discussion,
  },
  DiscussionPermissions: {
    update: (discussion, _, ctx) => mayUpdateDiscussion(ctx.viewer, discussion, ctx.policy, ctx.now()),
  },
  Pin: {
    pinnedBy: (pin, _, ctx) => referenced(pin.pinnedById, (id) => loadAuthor(ctx, id)),
  },
  Author: {
    discussions: (author, args, ctx) =>
      pageDiscussionsOf(ctx, 'author', author.id, args, discussionOrders.NEWEST),
  },
  Category: {
    discussions: (category, args, ctx) =>
      pageDiscussionsOf(ctx, 'category', category.id, args, discussionOrders[args.orderBy]),
  },
  Product: {
    discussions: (product, args, ctx) =>
      pageDiscussionsOf(ctx, 'product', product.id, args, discussionOrders[args.orderBy]),
  },
  Tag: {
    discussions: (tag, args, ctx) =>
      pageDiscussionsOf(ctx, 'tag', tag.id, args, discussionOrders[args.orderBy]),
  },
  DiscussionConnection: connectionResolvers,
};
