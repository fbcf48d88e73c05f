import { isModeratorOf } from '../../access/viewer.ts';
import type { DiscussionPermissionsResolvers } from '../../generated/graphql.ts';
import { loadHasOthersComments } from './discussion-parts.ts';
import {
  mayCloseDiscussion,
  mayDeleteDiscussion,
  mayLockDiscussion,
  mayPinDiscussion,
  mayRestoreDiscussion,
  mayUpdateDiscussion,
} from './discussion-rules.ts';

/** This room's part of `viewerCan`; others add theirs. */
export const discussionPermissions: Pick<
  DiscussionPermissionsResolvers,
  'update' | 'delete' | 'restore' | 'pin' | 'lock' | 'close'
> = {
  update: (discussion, _, ctx) => mayUpdateDiscussion(ctx.viewer, discussion, ctx.policy, ctx.now()),
  delete: async (discussion, _, ctx) => {
    const { viewer } = ctx;
    // others' comments matter to the author alone: for everybody else they are not counted
    const matters = viewer?.id === discussion.authorId && !isModeratorOf(viewer, discussion.categoryId);
    return mayDeleteDiscussion(viewer, discussion, matters && (await loadHasOthersComments(ctx, discussion)));
  },
  // what can be seen is not deleted: this is what its author would get who deleted it
  restore: (discussion, _, ctx) =>
    mayRestoreDiscussion(ctx.viewer, { ...discussion, deletedAt: null, deletedById: null }),
  pin: (discussion, _, ctx) => mayPinDiscussion(ctx.viewer, discussion),
  lock: (discussion, _, ctx) => mayLockDiscussion(ctx.viewer, discussion),
  close: (discussion, _, ctx) => mayCloseDiscussion(ctx.viewer, discussion),
};
