import type { Context } from '../../access/context.ts';
import { notFound } from '../../access/errors.ts';
import type { DiscussionFilter, DiscussionOrder, Resolvers, TopWindow } from '../../generated/graphql.ts';
import { connectionResolvers } from '../../graphql/connections/connection.ts';
import { type PageArgs, pageSize } from '../../graphql/connections/page-args.ts';
import { globalId } from '../../graphql/global-id.ts';
import { referenced } from '../../graphql/loader.ts';
import { diffTexts } from '../../text/cached-diffs.ts';
import { loadAuthor, loadAuthors, loadMentionedAuthors } from '../author/index.ts';
import { categories, loadById, products } from '../catalog/index.ts';
import { explainDiscussion } from '../ranking.ts';
import { loadDiscussionsOfAuthor } from './author-counts.ts';
import { DELETION_REASON } from './delete-discussion.ts';
import { conditionsOf } from './discussion-filter.ts';
import { discussionMutations } from './discussion-mutations.ts';
import { discussionOrders, pageDiscussions, pageDiscussionsOf } from './discussion-pages.ts';
import { loadPin, loadPinned, loadTags } from './discussion-parts.ts';
import { discussionPermissions } from './discussion-permissions.ts';
import { loadDiscussion } from './discussion-reads.ts';
import { DISCUSSION_BODY, DISCUSSION_TITLE, EXTERNAL_ID, PIN_LABEL, TAGS_MAX } from './discussion-rules.ts';
import { loadExcerpt } from './excerpt-reads.ts';
import { discussionUrl, findDiscussion } from './find-discussion.ts';
import { previewDiscussion } from './preview-discussion.ts';
import { type DiscussionRevisionRow, pageRevisionsOf } from './revision-reads.ts';
import { rankingOf } from './top-window.ts';

type ListArgs = PageArgs & {
  readonly orderBy: DiscussionOrder;
  readonly window: TopWindow;
  readonly filter?: DiscussionFilter | null | undefined;
};

/** The resolver of the discussions of another object. */
const listOf =
  (kind: Parameters<typeof pageDiscussionsOf>[1]) =>
  ({ id }: { readonly id: string }, args: ListArgs, ctx: Context) => {
    const { order, conditions } = rankingOf(ctx, args.orderBy, args.window, args);
    if (!args.filter) return pageDiscussionsOf(ctx, kind, id, args, order, conditions);
    return conditionsOf(ctx, args.filter).then((where) =>
      pageDiscussionsOf(ctx, kind, id, args, order, where && [...where, ...conditions]),
    );
  };

export const discussionResolvers: Resolvers = {
  Query: {
    discussion: (_, args, ctx) => findDiscussion(ctx, args),
    discussions: async (_, { filter, orderBy, window, ...page }, ctx) => {
      const { order, conditions } = rankingOf(ctx, orderBy, window, page);
      const where = await conditionsOf(ctx, filter);
      return pageDiscussions(ctx, page, order, where && [...where, ...conditions]);
    },
    previewDiscussion: (_, { input }, ctx) => previewDiscussion(ctx, input),
    pinnedDiscussions: async (_, { first, ...where }, ctx) =>
      loadPinned(ctx, where, pageSize(first, 'first')),
  },
  Mutation: discussionMutations,
  Discussion: {
    id: (discussion) => globalId('Discussion', discussion.id),
    rankExplanation: (discussion, { orderBy }) => explainDiscussion(discussion, orderBy),
    url: (discussion, _, ctx) => discussionUrl(ctx, discussion.slug),
    bodyHTML: (discussion) => discussion.bodyHtml,
    excerpt: (discussion, { length }, ctx) => loadExcerpt(ctx, discussion.id, length),
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
    duplicateOf: (discussion, _, ctx) =>
      referenced(discussion.duplicateOfId, (id) => loadDiscussion(ctx, id)),
    duplicates: (discussion, args, ctx) =>
      pageDiscussionsOf(ctx, 'original', discussion.id, args, discussionOrders.NEWEST),
    viewerCan: (discussion) => discussion,
  },
  ServerInfo: {
    discussionLimits: () => ({
      title: DISCUSSION_TITLE.charsMax,
      body: DISCUSSION_BODY.charsMax,
      tags: TAGS_MAX,
      externalId: EXTERNAL_ID.charsMax,
      pinLabel: PIN_LABEL.charsMax,
    }),
    editWindowSeconds: (_, __, { policy }) => policy.editWindowMs && policy.editWindowMs / 1000,
    reservedExternalIdPrefixes: (_, __, { policy }) => policy.reservedExternalIds,
    maxDeletionReasonLength: () => DELETION_REASON.charsMax,
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
    discussions: listOf('author'),
    discussionCount: (author, _, ctx) =>
      loadDiscussionsOfAuthor(ctx, author.id).then(({ discussionCount }) => discussionCount),
  },
  Category: { discussions: listOf('category') },
  Product: { discussions: listOf('product') },
  Tag: { discussions: listOf('tag') },
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
