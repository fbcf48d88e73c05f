import { notFound } from '../../access/errors.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { connectionResolvers } from '../../graphql/connections/connection.ts';
import { globalId, rowIdOf } from '../../graphql/global-id.ts';
import { referenced } from '../../graphql/loader.ts';
import { loadAuthor } from '../author/index.ts';
import { categories, loadById, products } from '../catalog/index.ts';
import { loadDiscussion } from '../discussion/index.ts';
import { pageDeletedComments, pageDeletedDiscussions } from './trash-pages.ts';
import { loadDeletedComment, loadDeletedDiscussionBySlug } from './trash-rows.ts';

export const trashResolvers: Resolvers = {
  Viewer: {
    deletedDiscussions: (viewer, args, ctx) => pageDeletedDiscussions(ctx, viewer, args),
    deletedComments: (viewer, args, ctx) => pageDeletedComments(ctx, viewer, args),
    deletedDiscussion: (_, { slug }, ctx) => loadDeletedDiscussionBySlug(ctx, slug),
    deletedComment: (_, { commentId }, ctx) =>
      referenced(rowIdOf('Comment', commentId), (id) => loadDeletedComment(ctx, id)),
  },
  DeletedDiscussion: {
    id: ({ id }) => globalId('DeletedDiscussion', id),
    discussionId: ({ id }) => globalId('Discussion', id),
    bodyHTML: ({ bodyHtml }) => bodyHtml,
    author: ({ authorId }, _, ctx) => referenced(authorId, (id) => loadAuthor(ctx, id)),
    category: ({ categoryId }, _, ctx) => referenced(categoryId, (id) => loadById(ctx, categories, id)),
    product: ({ productId }, _, ctx) => referenced(productId, (id) => loadById(ctx, products, id)),
    deletedBy: ({ deletedById }, _, ctx) => referenced(deletedById, (id) => loadAuthor(ctx, id)),
  },
  DeletedDiscussionConnection: connectionResolvers,
  DeletedComment: {
    id: ({ id }) => globalId('DeletedComment', id),
    commentId: ({ id }) => globalId('Comment', id),
    discussion: async ({ discussionId }, _, ctx) => {
      const discussion = await loadDiscussion(ctx, discussionId);
      if (!discussion) throw notFound('The discussion of this comment has just been deleted.');
      return discussion;
    },
    bodyHTML: ({ bodyHtml }) => bodyHtml,
    author: ({ authorId }, _, ctx) => referenced(authorId, (id) => loadAuthor(ctx, id)),
    deletedBy: ({ deletedById }, _, ctx) => referenced(deletedById, (id) => loadAuthor(ctx, id)),
  },
  DeletedCommentConnection: connectionResolvers,
};
