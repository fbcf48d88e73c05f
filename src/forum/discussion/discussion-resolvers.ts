import { notFound } from '../../access/errors.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { connectionResolvers } from '../../graphql/connections/connection.ts';
import { pageSize } from '../../graphql/connections/page-args.ts';
import { globalId } from '../../graphql/global-id.ts';
import { referenced } from '../../graphql/loader.ts';
import { diffTexts } from '../../text/cached-diffs.ts';
import { loadAuthor, loadAuthors, loadMentionedAuthors } from '../author/index.ts';
import { categories, loadById, products } from '../catalog/index.ts';
import { conditionsOf } from './discussion-filter.ts';
import { discussionMutations } from './discussion-mutations.ts';
import { discussionOrders, pageDiscussions, pageDiscussionsOf } from './discussion-pages.ts';
import { loadPin, loadPinned, loadTags } from './discussion-parts.ts';
import { discussionPermissions } from './discussion-permissions.ts';
import { loadDiscussion } from './discussion-reads.ts';
import { discussionUrl, findDiscussion } from './find-discussion.ts';
import { previewDiscussion } from './preview-discussion.ts';
import { type DiscussionRevisionRow, pageRevisionsOf } from './revision-reads.ts';

export const discussionResolvers: Resolvers = {
  Query: {
    discussion: (_, args, ctx) => findDiscussion(ctx, args),
    discussions: async (_, { filter, orderBy, ...page }, ctx) =>
      pageDiscussions(ctx, page, discussionOrders[orderBy], await conditionsOf(ctx, filter)),
    previewDiscussion: (_, { input }, ctx) => previewDiscussion(ctx, input),
    pinnedDiscussions: async (_, { first, ...where }, ctx) =>
      loadPinned(ctx, where, pageSize(first, 'first')),
  },
  Mutation: discussionMutations,
  Discussion: {
    id: (discussion) => globalId('Discussion', discussion.id),
    url: (discussion, _, ctx) => discussionUrl(ctx, discussion.slug),
    bodyHTML: (discussion) => discussion.bodyHtml,
    author: (discussion, _, ctx) => referenced(discussion.authorId, (id) => loadAuthor(ctx, id)),
    createdAtIsApproximate: (discussion) => Boolean(discussion.createdAtIsApproximate),
    createdAgo: (discussion, _, ctx) => ctx.ago(discussion.createdAt),
    category: (discussion, _, ctx) =>
      referenced(discussion.categoryId, (id) => loadById(ctx, categories, id)),
    product: (discussion, _, ctx) => referenced(discussion.productId, (id) => loadById(ctx, products, id)),
    tags: (discussion, _, ctx) => loadTags(ctx, discussion.id),
    pin: (discussion, _, ctx) => loadPin(ctx, discussion.id),
    isLocked: (discussion) => discussion.lockedAt !== null,
    isClosed: (discussion) => discussion.closedAt !== null,
    mentions: (discussion, _, ctx) => loadMentionedAuthors(ctx, 'discussion', discussion.id),
    revisions: (discussion, args, ctx) => pageRevisionsOf(ctx, discussion, args),
    lockedBy: (discussion, _, ctx) => referenced(discussion.lockedById, (id) => loadAuthor(ctx, id)),
    closedBy: (discussion, _, ctx) => referenced(discussion.closedById, (id) => loadAuthor(ctx, id)),
    viewerCan: (discussion) => discussion,
  },
  DiscussionPermissions: discussionPermissions,
  DiscussionRevision: {
    id: (revision) => globalId('DiscussionRevision', revision.id),
    discussion: async (revision, _, ctx) => {
      const discussion = await loadDiscussion(ctx, revision.discussionId);
      if (!discussion) throw notFound('This discussion has just been deleted.');
      return discussion;
    },
    editor: (revision, _, ctx) => referenced(revision.editorId, (id) => loadAuthor(ctx, id)),
    titleDiff: (revision, _, ctx) =>
      isRedacted(revision) ? [] : diffTexts(ctx, revision.titleBefore, revision.title),
    bodyDiff: (revision, _, ctx) =>
      isRedacted(revision) ? [] : diffTexts(ctx, revision.bodyBefore, revision.body),
  },
  DiscussionRevisionConnection: connectionResolvers,
  Pin: { pinnedBy: (pin, _, ctx) => referenced(pin.pinnedById, (id) => loadAuthor(ctx, id)) },
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
  DiscussionPreview: {
    bodyHTML: (preview) => preview.bodyHtml,
    mentions: (preview, _, ctx) => loadAuthors(ctx, preview.mentionedIds),
  },
};

/** Whether a revision has no differences to show, because one of the two texts is redacted. */
function isRedacted({ redactedAt, redactedBefore }: DiscussionRevisionRow): boolean {
  return redactedAt !== null || redactedBefore !== null;
}
