import { notFound } from '../../access/errors.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { connectionResolvers } from '../../graphql/connections/connection.ts';
import { chain } from '../../graphql/execution/index.ts';
import { globalId } from '../../graphql/global-id.ts';
import { referenced } from '../../graphql/loader.ts';
import { diffTexts } from '../../text/cached-diffs.ts';
import { loadAuthor, loadAuthors, loadMentionedAuthors } from '../author/index.ts';
import { discussionUrl } from '../discussion/index.ts';
import { acceptedRevision } from './answer-rules.ts';
import { commentMutations, commentPayloads } from './comment-mutations.ts';
import { commentOrders } from './comment-orders.ts';
import { commentPermissions, discussionPermissions } from './comment-permissions.ts';
import {
  countCommentsOfAuthor,
  discussionOf,
  loadNamedComment,
  pageCommentsOf,
  pageOfThread,
} from './comment-reads.ts';
import { isVeiled } from './comment-rules.ts';
import { previewComment } from './preview-comment.ts';
import { pageRevisionsOf } from './revision-reads.ts';

export const commentResolvers: Resolvers = {
  Query: { previewComment: (_, { input }, ctx) => previewComment(ctx, input) },
  Mutation: commentMutations,
  ...commentPayloads,
  DiscussionPermissions: discussionPermissions,
  CommentPermissions: commentPermissions,
  Discussion: {
    comments: (discussion, args, ctx) =>
      pageOfThread(ctx, 'discussion', discussion.id, args, discussion.topLevelCommentCount),
    lastComment: (discussion, _, ctx) =>
      referenced(discussion.lastCommentId, (id) => loadNamedComment(ctx, id)),
    answer: (discussion, _, ctx) => referenced(discussion.answerId, (id) => loadNamedComment(ctx, id)),
    isAnswered: (discussion) => discussion.answerId !== null,
    answeredBy: (discussion, _, ctx) => referenced(discussion.answeredById, (id) => loadAuthor(ctx, id)),
    answerRevision: (discussion) => acceptedRevision(discussion),
    isAnswerChanged: async (discussion, _, ctx) => {
      const answer = await referenced(discussion.answerId, (id) => loadNamedComment(ctx, id));
      return answer !== null && answer.revision !== acceptedRevision(discussion);
    },
  },
  Author: {
    comments: async (author, args, ctx) => ({
      ...(await pageCommentsOf(ctx, 'author', author.id, args, commentOrders.NEWEST)),
      totalCount: () => countCommentsOfAuthor(ctx, author.id),
    }),
  },
  Comment: {
    id: (comment) => globalId('Comment', comment.id),
    discussion: (comment, _, ctx) => discussionOf(ctx, comment),
    replyTo: (comment, _, ctx) => referenced(comment.replyToId, (id) => loadNamedComment(ctx, id)),
    url: (comment, _, ctx) =>
      chain(
        discussionOf(ctx, comment),
        ({ slug }) => `${discussionUrl(ctx, slug)}#${globalId('Comment', comment.id)}`,
      ),
    body: (comment) => (isVeiled(comment) ? '' : comment.body),
    bodyHTML: (comment) => (isVeiled(comment) ? '' : comment.bodyHtml),
    bodyText: (comment) => (isVeiled(comment) ? '' : comment.bodyText),
    author: (comment, _, ctx) =>
      referenced(isVeiled(comment) ? null : comment.authorId, (id) => loadAuthor(ctx, id)),
    createdAtIsApproximate: (comment) => Boolean(comment.createdAtIsApproximate),
    createdAgo: (comment, _, ctx) => ctx.ago(comment.createdAt),
    mentions: (comment, _, ctx) =>
      isVeiled(comment) ? [] : loadMentionedAuthors(ctx, 'comment', comment.id),
    revisions: (comment, args, ctx) => pageRevisionsOf(ctx, comment, args),
    viewerCan: (comment) => comment,
    isDeleted: (comment) => isVeiled(comment),
    isAnswer: (comment, _, ctx) =>
      chain(discussionOf(ctx, comment), ({ answerId }) => answerId === comment.id),
    isOfficial: (comment) => Boolean(comment.isOfficial),
    isVerifiedUser: (comment) => Boolean(comment.isVerifiedUser),
    descendantCount: (comment) => comment.replyCount,
    replies: (comment, args, ctx) => pageOfThread(ctx, 'comment', comment.id, args, comment.directReplyCount),
  },
  CommentConnection: connectionResolvers,
  CommentPreview: {
    bodyHTML: (preview) => preview.bodyHtml,
    mentions: (preview, _, ctx) => loadAuthors(ctx, preview.mentionedIds),
  },
  CommentRevision: {
    id: (revision) => globalId('CommentRevision', revision.id),
    comment: async ({ commentId }, _, ctx) => {
      const comment = await loadNamedComment(ctx, commentId);
      if (!comment) throw notFound('This comment has just been deleted.');
      return comment;
    },
    editor: (state, _, ctx) => referenced(state.editorId, (id) => loadAuthor(ctx, id)),
    bodyDiff: ({ body, bodyBefore, redactedAt, redactedBefore }, _, ctx) =>
      redactedAt !== null || redactedBefore !== null ? [] : diffTexts(ctx, bodyBefore, body),
  },
  CommentRevisionConnection: connectionResolvers,
};
