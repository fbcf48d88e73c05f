import { loadAuthor, loadMentionedAuthors } from '../author/index.ts';
import { discussionUrl, loadDiscussion } from '../discussion/index.ts';
import type { Resolvers } from '../generated/graphql.ts';
import { connectionResolvers } from '../kit/connection.ts';
import { globalId } from '../kit/global-id.ts';
import { after } from '../kit/later.ts';
import { referenced } from '../kit/loader.ts';
import { payload } from '../kit/payload.ts';
import { ago } from '../kit/relative-time.ts';
import { addComment } from './add-comment.ts';
import { commentOrders } from './comment-orders.ts';
import { countCommentsOfAuthor, loadComment, pageCommentsOf, pageOfThread } from './comment-reads.ts';
import { mayComment, mayReply } from './comment-rules.ts';
import { discussionOf, isVeiled } from './comment-view.ts';

export const commentResolvers: Resolvers = {
  Mutation: {
    addComment: async (_, { input }, ctx) => {
      const { commentId, discussionId } = await addComment(ctx, input);
      const comment = await loadComment(ctx, commentId);
      return payload(input, { comment, discussion: await loadDiscussion(ctx, discussionId) });
    },
  },
  DiscussionPermissions: {
    comment: (discussion, _, ctx) => mayComment(ctx.viewer, discussion),
  },
  CommentPermissions: {
    reply: (comment, _, ctx) =>
      after(discussionOf(ctx, comment), (discussion) =>
        mayReply(ctx.viewer, comment, discussion, ctx.policy),
      ),
  },
  Discussion: {
    comments: (discussion, args, ctx) =>
      pageOfThread(ctx, 'discussion', discussion.id, args, discussion.topLevelCommentCount),
    lastComment: (discussion, _, ctx) => referenced(discussion.lastCommentId, (id) => loadComment(ctx, id)),
    answer: (discussion, _, ctx) => referenced(discussion.answerId, (id) => loadComment(ctx, id)),
    isAnswered: (discussion) => discussion.answerId !== null,
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
    replyTo: (comment, _, ctx) => referenced(comment.replyToId, (id) => loadComment(ctx, id)),
    url: (comment, _, ctx) =>
      after(
        discussionOf(ctx, comment),
        ({ slug }) => `${discussionUrl(ctx, slug)}#${globalId('Comment', comment.id)}`,
      ),
    body: (comment) => (isVeiled(comment) ? '' : comment.body),
    bodyHTML: (comment) => (isVeiled(comment) ? '' : comment.bodyHtml),
    bodyText: (comment) => (isVeiled(comment) ? '' : comment.bodyText),
    author: (comment, _, ctx) =>
      referenced(isVeiled(comment) ? null : comment.authorId, (id) => loadAuthor(ctx, id)),
    createdAtIsApproximate: (comment) => Boolean(comment.createdAtIsApproximate),
    createdAgo: (comment, _, ctx) => ago(comment.createdAt, ctx.now()),
    mentions: (comment, _, ctx) =>
      isVeiled(comment) ? [] : loadMentionedAuthors(ctx, 'comment', comment.id),
    viewerCan: (comment) => comment,
    isDeleted: (comment) => isVeiled(comment),
    isAnswer: (comment, _, ctx) =>
      after(discussionOf(ctx, comment), ({ answerId }) => answerId === comment.id),
    isOfficial: (comment) => Boolean(comment.isOfficial),
    isVerifiedUser: (comment) => Boolean(comment.isVerifiedUser),
    replies: (comment, args, ctx) => pageOfThread(ctx, 'comment', comment.id, args, comment.directReplyCount),
  },
  CommentConnection: connectionResolvers,
};
