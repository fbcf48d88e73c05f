import type { Context } from '../../access/context.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { DeleteDiscussionInput } from '../../generated/graphql.ts';
import { requiredRowId, unknownId } from '../../graphql/global-id.ts';
import { deleteRows, updateRows } from '../../store/index.ts';
import { lockAnyDiscussionForUpdate } from './discussion-for-update.ts';
import { mayDeleteDiscussion, mayRestoreDiscussion } from './discussion-rules.ts';
import { othersComments } from './others-comments.ts';

/**
 * Hides a discussion and all that is in it; its rows stay, but for the pin. Links elsewhere that lead to it keep doing
 * so, and are shown as pages elsewhere while it is gone. Answers the row's id.
 */
export async function deleteDiscussion(
  ctx: Context,
  input: DeleteDiscussionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');

  return write(ctx, 'deleteDiscussion', input, async (tx) => {
    // load
    const discussion = await lockAnyDiscussionForUpdate(tx, discussionId);
    if (!discussion) throw unknownId(input.discussionId, 'input.discussionId');
    if (discussion.deletedAt !== null) {
      // a repeat for those who may know of it; for others there is nothing
      if (mayRestoreDiscussion(viewer, discussion).allowed) return { discussionId };
      throw unknownId(input.discussionId, 'input.discussionId');
    }
    const others = await tx.all(othersComments, [[discussionId]]);
    // rule
    enforce(mayDeleteDiscussion(viewer, discussion, others.length > 0), 'input.discussionId');
    // change
    await updateRows(
      tx,
      'discussion',
      { id: discussionId },
      { deletedAt: ctx.now(), deletedById: viewer.id },
    );
    await deleteRows(tx, 'pin', { discussionId });
    return { discussionId };
  });
}
