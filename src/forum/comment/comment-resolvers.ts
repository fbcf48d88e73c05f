import { notFound } from '../../access/errors.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { connectionResolvers } from '../../graphql/connections/connection.ts';
import { pageSize } from '../../graphql/connections/page-args.ts';
import { chain } from '../../graphql/execution/index.ts';
import { globalId } from '../../graphql/global-id.ts';
import { referenced } from '../../graphql/loader.ts';
import { diffTexts } from '../../text/cached-diffs.ts';
import { loadAuthor, loadAuthors, loadMentionedAuthors } from '../author/index.ts';
import { discussionUrl } from '../discussion/index.ts';
import { explainComment } from '../ranking.ts';
import { acceptedRevision } from './answer-rules.ts';
import { loadCommentsOfAuthor, receivedVotes } from './author-counts.ts';
import { loadListedAncestors } from './changed-thread.ts';
import { commentMutations, commentPayloads } from './comment-mutations.ts';
import { commentOrders } from './comment-orders.ts';
import { commentPermissions, discussionPermissions } from './comment-permissions.ts';
import { countCommentsOfAuthor, discussionOf, loadNamedComment, pageCommentsOf } from './comment-reads.ts';
import { COMMENT_BODY, isVeiled } from './comment-rules.ts';
import { countParticipants, loadParticipants } from './participant-reads.ts';
import { previewComment } from './preview-comment.ts';
import { pageRevisionsOf } from './revision-reads.ts';
import { pageReplies, pageTopLevel, pageWholeThread } from './thread-pages.ts';
import { loadPosition } from './tree-reads.ts';

export const commentResolvers: Resolvers = {
  Query: { previewComment: (_, { input }, ctx) => previewComment(ctx, input) },
  Mutation: commentMutations,
  ...commentPayloads,
  ServerInfo: {
    maxCommentLength: () => COMMENT_BODY.charsMax,
    maxReplyDepth: (_, __, { policy }) => policy.replyDepthMax,
  },
  DiscussionPermissions: discussionPermissions,
  CommentPermissions: commentPermissions,
  Discussion: {
    comments: (discussion, args, ctx) => pageTopLevel(ctx, discussion, args),
    allComments: (discussion, args, ctx) => pageWholeThread(ctx, discussion, args),
    participants: (discussion, { first }, ctx) =>
      loadParticipants(ctx, discussion.id, pageSize(first, 'first')),
    participantCount: (discussion, _, ctx) => countParticipants(ctx, discussion.id),
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
    commentCount: (author, _, ctx) =>
      loadCommentsOfAuthor(ctx, author.id).then(({ commentCount }) => commentCount),
    acceptedAnswerCount: (author, _, ctx) =>
      loadCommentsOfAuthor(ctx, author.id).then(({ acceptedAnswerCount }) => acceptedAnswerCount),
    receivedUpvoteCount: (author, _, ctx) => receivedVotes(ctx, author.id, 'upvoteCount'),
    receivedDownvoteCount: (author, _, ctx) => receivedVotes(ctx, author.id, 'downvoteCount'),
  },
  Comment: {
    id: (comment) => globalId('Comment', comment.id),
    rankExplanation: (comment, { orderBy }) => explainComment(comment, orderBy),
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
    replies: (comment, args, ctx) => pageReplies(ctx, comment, args),
    replyToId: ({ replyToId }) => (replyToId === null ? null : globalId('Comment', replyToId)),
    ancestors: (comment, _, ctx) => (comment.replyToId === null ? [] : loadListedAncestors(ctx, comment.id)),
    position: (comment, _, ctx) => loadPosition(ctx, comment),
    descendantCount: (comment) => comment.replyCount,
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
