import type { Context } from '../../access/context.ts';
import type { MutationResolvers } from '../../generated/graphql.ts';
import { edgeOf } from '../../graphql/connections/connection.ts';
import { globalId } from '../../graphql/global-id.ts';
import { referenced } from '../../graphql/loader.ts';
import { answering } from '../../graphql/payload.ts';
import { closeDiscussion, reopenDiscussion } from './close-discussion.ts';
import { createDiscussion, findOrCreateDiscussion } from './create-discussion.ts';
import { deleteDiscussion, restoreDiscussion } from './delete-discussion.ts';
import { discussionOrders } from './discussion-pages.ts';
import { loadDiscussion } from './discussion-reads.ts';
import { lockDiscussion, unlockDiscussion } from './lock-discussion.ts';
import { markDuplicate, unmarkDuplicate } from './mark-duplicate.ts';
import { pinDiscussion, unpinDiscussion } from './pin-discussion.ts';
import { redactDiscussionRevision } from './redact-discussion-revision.ts';
import { restoreDiscussionRevision } from './restore-discussion-revision.ts';
import { findRevisionId, loadDiscussionRevision } from './revision-reads.ts';
import { updateDiscussion } from './update-discussion.ts';

const discussionPayload = async (ctx: Context, { discussionId }: { readonly discussionId: string }) => ({
  discussion: await loadDiscussion(ctx, discussionId),
});

/** The same with the original if the discussion was its duplicate. Outcomes stored by earlier versions do not name it. */
const unmarkedPayload = async (
  ctx: Context,
  outcome: { readonly discussionId: string; readonly previousOriginalId?: string | null },
) => ({
  ...(await discussionPayload(ctx, outcome)),
  previousOriginal: await referenced(outcome.previousOriginalId ?? null, (id) => loadDiscussion(ctx, id)),
});

/** The same for a discussion that is new in lists. */
const addedPayload = async (ctx: Context, { discussionId }: { readonly discussionId: string }) => {
  const discussion = await loadDiscussion(ctx, discussionId);
  return { discussion, discussionEdge: discussion && edgeOf(discussionOrders.ACTIVE, discussion) };
};

async function loadRevisionNumbered(ctx: Context, discussionId: string, revision: number) {
  const id = await findRevisionId(ctx, discussionId, revision);
  return id === null ? null : loadDiscussionRevision(ctx, id);
}

/** The module's mutations with their payloads. */
export const discussionMutations: MutationResolvers = {
  createDiscussion: answering(createDiscussion, addedPayload),
  updateDiscussion: answering(updateDiscussion, discussionPayload),
  restoreDiscussion: answering(restoreDiscussion, addedPayload),
  restoreDiscussionRevision: answering(restoreDiscussionRevision, discussionPayload),
  redactDiscussionRevision: answering(redactDiscussionRevision, async (ctx, { discussionId, revision }) => {
    const [redactedRevision, nextRevision] = await Promise.all([
      loadRevisionNumbered(ctx, discussionId, revision),
      loadRevisionNumbered(ctx, discussionId, revision + 1),
    ]);
    return { ...(await discussionPayload(ctx, { discussionId })), redactedRevision, nextRevision };
  }),
  pinDiscussion: answering(pinDiscussion, discussionPayload),
  unpinDiscussion: answering(unpinDiscussion, discussionPayload),
  lockDiscussion: answering(lockDiscussion, discussionPayload),
  unlockDiscussion: answering(unlockDiscussion, discussionPayload),
  closeDiscussion: answering(closeDiscussion, unmarkedPayload),
  reopenDiscussion: answering(reopenDiscussion, unmarkedPayload),
  markDuplicate: answering(markDuplicate, async (ctx, outcome) => ({
    ...(await unmarkedPayload(ctx, outcome)),
    original: await loadDiscussion(ctx, outcome.originalId),
  })),
  unmarkDuplicate: answering(unmarkDuplicate, unmarkedPayload),
  deleteDiscussion: answering(deleteDiscussion, (_, { discussionId }) => ({
    deletedDiscussionId: globalId('Discussion', discussionId),
  })),
  findOrCreateDiscussion: answering(findOrCreateDiscussion, async (ctx, { discussionId, isNew }) => ({
    ...(await addedPayload(ctx, { discussionId })),
    isNew,
  })),
};
