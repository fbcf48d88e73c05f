import type { Context } from '../../access/context.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { RestoreDiscussionInput } from '../../generated/graphql.ts';
import { requiredRowId, unknownId } from '../../graphql/global-id.ts';
import { updateRows } from '../../store/index.ts';
import { lockAnyDiscussionForUpdate } from './discussion-for-update.ts';
import { mayRestoreDiscussion } from './discussion-rules.ts';
import { discussionTitled } from './discussion-titled.ts';

/** Brings a deleted discussion back, as it was but for its pin. Answers the row's id. */
export async function restoreDiscussion(
  ctx: Context,
  input: RestoreDiscussionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');

  return write(ctx, 'restoreDiscussion', input, async (tx) => {
    // load
    const discussion = await lockAnyDiscussionForUpdate(tx, discussionId);
    if (!discussion) throw unknownId(input.discussionId, 'input.discussionId');
    // rule: whoever may not restore a deleted one may not know of it either
    const verdict = mayRestoreDiscussion(viewer, discussion);
    if (discussion.deletedAt !== null && !verdict.allowed)
      throw unknownId(input.discussionId, 'input.discussionId');
    enforce(verdict, 'input.discussionId');
    // change
    if (discussion.deletedAt === null) return { discussionId };
    await updateRows(tx, 'discussion', { id: discussionId }, { deletedAt: null, deletedById: null });
    await discussionTitled.emit(tx, { discussionId, titleKey: discussion.titleKey });
    return { discussionId };
  });
}
