import type { Context } from '../../access/context.ts';
import type { CommentPermissionsResolvers, DiscussionPermissionsResolvers } from '../../generated/graphql.ts';
import { chain } from '../../graphql/execution/index.ts';
import { referenced } from '../../graphql/loader.ts';
import { categories, loadById } from '../catalog/index.ts';
import { type DiscussionRow, loadDiscussion } from '../discussion/index.ts';
import { mayChooseAnswer, mayMarkAsAnswer, mayUnmarkAsAnswer } from './answer-rules.ts';
import {
  mayDeleteComment,
  mayMarkOfficial,
  mayMarkVerifiedUser,
  mayRedactCommentRevision,
  mayRestoreComment,
  mayUpdateComment,
} from './change-rules.ts';
import { discussionOf } from './comment-reads.ts';
import { mayComment, mayReply } from './comment-rules.ts';

const categoryOf = (ctx: Context, { categoryId }: DiscussionRow) =>
  referenced(categoryId, (id) => loadById(ctx, categories, id));

export const discussionPermissions: DiscussionPermissionsResolvers = {
  // a comment at a merged discussion is added to the one that it was merged into
  comment: (discussion, _, ctx) =>
    chain(
      referenced(discussion.mergedIntoId, (id) => loadDiscussion(ctx, id)),
      (into) => mayComment(ctx.viewer, into ?? discussion),
    ),
  markAsAnswer: async (discussion, _, ctx) =>
    mayChooseAnswer(ctx.viewer, discussion, await categoryOf(ctx, discussion)),
};

/** Discussions and categories come from loaders, so a page of comments runs the same statements as one comment. */
export const commentPermissions: CommentPermissionsResolvers = {
  reply: async (comment, _, ctx) =>
    mayReply(ctx.viewer, comment, await discussionOf(ctx, comment), ctx.policy),
  update: async (comment, _, ctx) =>
    mayUpdateComment(ctx.viewer, comment, await discussionOf(ctx, comment), ctx.policy, ctx.now()),
  markOfficial: async (comment, _, ctx) =>
    mayMarkOfficial(ctx.viewer, comment, await discussionOf(ctx, comment)),
  markVerifiedUser: async (comment, _, ctx) =>
    mayMarkVerifiedUser(ctx.viewer, comment, await discussionOf(ctx, comment)),
  redactRevision: async (comment, _, ctx) =>
    mayRedactCommentRevision(ctx.viewer, await discussionOf(ctx, comment)),
  delete: async (comment, _, ctx) => mayDeleteComment(ctx.viewer, comment, await discussionOf(ctx, comment)),
  restore: async (comment, _, ctx) =>
    mayRestoreComment(ctx.viewer, comment, await discussionOf(ctx, comment)),
  markAsAnswer: async (comment, _, ctx) => {
    const discussion = await discussionOf(ctx, comment);
    return mayMarkAsAnswer(ctx.viewer, comment, discussion, await categoryOf(ctx, discussion));
  },
  unmarkAsAnswer: async (comment, _, ctx) =>
    mayUnmarkAsAnswer(ctx.viewer, comment, await discussionOf(ctx, comment)),
};
