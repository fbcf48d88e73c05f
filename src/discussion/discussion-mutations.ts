import type { MutationResolvers } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { globalId } from '../kit/global-id.ts';
import { payload } from '../kit/payload.ts';
import type { MutationInput } from '../kit/write.ts';
import { closeDiscussion } from './close-discussion.ts';
import { createDiscussion } from './create-discussion.ts';
import { deleteDiscussion } from './delete-discussion.ts';
import { loadDiscussion } from './discussion-reads.ts';
import { lockDiscussion } from './lock-discussion.ts';
import { pinDiscussion } from './pin-discussion.ts';
import { reopenDiscussion } from './reopen-discussion.ts';
import { restoreDiscussion } from './restore-discussion.ts';
import { restoreDiscussionRevision } from './restore-discussion-revision.ts';
import { unlockDiscussion } from './unlock-discussion.ts';
import { unpinDiscussion } from './unpin-discussion.ts';
import { updateDiscussion } from './update-discussion.ts';
import { upsertDiscussion } from './upsert-discussion.ts';

/** What most writes here answer: the discussion as it is afterwards. */
function changed<Input extends MutationInput>(
  work: (ctx: Context, input: Input) => Promise<{ discussionId: string }>,
) {
  return async (_: unknown, { input }: { input: Input }, ctx: Context) => {
    const { discussionId } = await work(ctx, input);
    return payload(input, { discussion: await loadDiscussion(ctx, discussionId) });
  };
}

export const discussionMutations: MutationResolvers = {
  createDiscussion: changed(createDiscussion),
  updateDiscussion: changed(updateDiscussion),
  restoreDiscussion: changed(restoreDiscussion),
  pinDiscussion: changed(pinDiscussion),
  unpinDiscussion: changed(unpinDiscussion),
  lockDiscussion: changed(lockDiscussion),
  unlockDiscussion: changed(unlockDiscussion),
  closeDiscussion: changed(closeDiscussion),
  reopenDiscussion: changed(reopenDiscussion),
  restoreDiscussionRevision: changed(restoreDiscussionRevision),
  deleteDiscussion: async (_, { input }, ctx) => {
    const { discussionId } = await deleteDiscussion(ctx, input);
    return payload(input, { deletedDiscussionId: globalId('Discussion', discussionId) });
  },
  upsertDiscussion: async (_, { input }, ctx) => {
    const { discussionId, isNew } = await upsertDiscussion(ctx, input);
    return payload(input, { discussion: await loadDiscussion(ctx, discussionId), isNew });
  },
};
