import type { Context } from '../../access/context.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { UnpinDiscussionInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { deleteRows } from '../../store/index.ts';
import { lockDiscussionForUpdate } from './discussion-for-update.ts';
import { mayPinDiscussion } from './discussion-rules.ts';

/** Takes a discussion from the top; one that is not there stays where it is. Answers the row's id. */
export async function unpinDiscussion(
  ctx: Context,
  input: UnpinDiscussionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');

  return write(ctx, 'unpinDiscussion', input, async (tx) => {
    // load
    const discussion = await lockDiscussionForUpdate(tx, discussionId, 'input.discussionId');
    // rule
    enforce(mayPinDiscussion(viewer, discussion), 'input.discussionId');
    // change
    await deleteRows(tx, 'pin', { discussionId });
    return { discussionId };
  });
}
