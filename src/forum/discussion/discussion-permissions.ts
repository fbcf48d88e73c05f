import { isModeratorOf } from '../../access/viewer.ts';
import type { DiscussionPermissionsResolvers } from '../../generated/graphql.ts';
import { loadHasOthersComments } from './discussion-parts.ts';
import {
  mayCloseDiscussion,
  mayDeleteDiscussion,
  mayLockDiscussion,
  mayPinDiscussion,
  mayRedactDiscussionRevision,
  mayRestoreDiscussion,
  mayUpdateDiscussion,
} from './discussion-rules.ts';

/** This module's part of `viewerCan`. Other modules add theirs. */
export const discussionPermissions: Pick<
  DiscussionPermissionsResolvers,
  'update' | 'delete' | 'restore' | 'pin' | 'lock' | 'close' | 'markDuplicate' | 'redactRevision'
> = {
  update: (discussion, _, ctx) => mayUpdateDiscussion(ctx.viewer, discussion, ctx.policy, ctx.now()),
  delete: async (discussion, _, ctx) => {
    const { viewer } = ctx;
    // only the author's verdict depends on comments of others: for anybody else they are not loaded
    const isNeeded = viewer?.id === discussion.authorId && !isModeratorOf(viewer, discussion.categoryId);
    return mayDeleteDiscussion(
      viewer,
      discussion,
      isNeeded && (await loadHasOthersComments(ctx, discussion)),
    );
  },
  // a visible discussion is not deleted: this is the verdict after its author has deleted it
  restore: ({ authorId, categoryId, lockedAt, mergedIntoId }, _, ctx) =>
    mayRestoreDiscussion(ctx.viewer, {
      ...{ authorId, categoryId, lockedAt, mergedIntoId },
      ...{ deletedAt: null, deletedById: null },
    }),
  pin: (discussion, _, ctx) => mayPinDiscussion(ctx.viewer, discussion),
  lock: (discussion, _, ctx) => mayLockDiscussion(ctx.viewer, discussion),
  redactRevision: (discussion, _, ctx) => mayRedactDiscussionRevision(ctx.viewer, discussion),
  close: (discussion, _, ctx) => mayCloseDiscussion(ctx.viewer, discussion),
  markDuplicate: (discussion, _, ctx) => mayCloseDiscussion(ctx.viewer, discussion),
};
