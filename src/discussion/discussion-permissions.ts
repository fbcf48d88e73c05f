import type { DiscussionPermissionsResolvers } from '../generated/graphql.ts';
import { isModeratorOf } from '../kit/viewer.ts';
import {
  mayCloseDiscussion,
  mayDeleteDiscussion,
  mayLockDiscussion,
  mayPinDiscussion,
  mayUpdateDiscussion,
} from './discussion-rules.ts';
import { loadHasOthersComments } from './others-comments.ts';

/** This room's part of `viewerCan`; others add theirs. */
export const discussionPermissions: Pick<
  DiscussionPermissionsResolvers,
  'update' | 'delete' | 'pin' | 'lock' | 'close'
> = {
  update: (discussion, _, ctx) => mayUpdateDiscussion(ctx.viewer, discussion, ctx.policy, ctx.now()),
  delete: async (discussion, _, ctx) => {
    const { viewer } = ctx;
    // others' comments matter to the author alone: for everybody else they are not counted
    const matters = viewer?.id === discussion.authorId && !isModeratorOf(viewer, discussion.categoryId);
    return mayDeleteDiscussion(viewer, discussion, matters && (await loadHasOthersComments(ctx, discussion)));
  },
  pin: (discussion, _, ctx) => mayPinDiscussion(ctx.viewer, discussion),
  lock: (discussion, _, ctx) => mayLockDiscussion(ctx.viewer, discussion),
  close: (discussion, _, ctx) => mayCloseDiscussion(ctx.viewer, discussion),
};
