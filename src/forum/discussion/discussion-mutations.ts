import type { Context } from '../../access/context.ts';
import type { MutationResolvers } from '../../generated/graphql.ts';
import { globalId } from '../../graphql/global-id.ts';
import { answering } from '../../graphql/payload.ts';
import { closeDiscussion, reopenDiscussion } from './close-discussion.ts';
import { createDiscussion, upsertDiscussion } from './create-discussion.ts';
import { deleteDiscussion, restoreDiscussion } from './delete-discussion.ts';
import { loadDiscussion } from './discussion-reads.ts';
import { lockDiscussion, unlockDiscussion } from './lock-discussion.ts';
import { pinDiscussion, unpinDiscussion } from './pin-discussion.ts';
import { restoreDiscussionRevision } from './restore-discussion-revision.ts';
import { updateDiscussion } from './update-discussion.ts';

/** What most writes here answer: the discussion as it is afterwards. */
const shown = async (ctx: Context, { discussionId }: { readonly discussionId: string }) => ({
  discussion: await loadDiscussion(ctx, discussionId),
});

/** The mutations of this room: each is a file of its own, and here is what it answers. */
export const discussionMutations: MutationResolvers = {
  createDiscussion: answering(createDiscussion, shown),
  updateDiscussion: answering(updateDiscussion, shown),
  restoreDiscussion: answering(restoreDiscussion, shown),
  restoreDiscussionRevision: answering(restoreDiscussionRevision, shown),
  pinDiscussion: answering(pinDiscussion, shown),
  unpinDiscussion: answering(unpinDiscussion, shown),
  lockDiscussion: answering(lockDiscussion, shown),
  unlockDiscussion: answering(unlockDiscussion, shown),
  closeDiscussion: answering(closeDiscussion, shown),
  reopenDiscussion: answering(reopenDiscussion, shown),
  deleteDiscussion: answering(deleteDiscussion, (_, { discussionId }) => ({
    deletedDiscussionId: globalId('Discussion', discussionId),
  })),
  upsertDiscussion: answering(upsertDiscussion, async (ctx, { discussionId, isNew }) => ({
    discussion: await loadDiscussion(ctx, discussionId),
    isNew,
  })),
};
