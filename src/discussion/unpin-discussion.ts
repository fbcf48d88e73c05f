import type { UnpinDiscussionInput } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { deleteRows } from '../kit/db/index.ts';
import { requiredRowId } from '../kit/global-id.ts';
import { enforce } from '../kit/verdict.ts';
import { requireWriter } from '../kit/viewer.ts';
import { write } from '../kit/write.ts';
import { mayPinDiscussion } from './discussion-rules.ts';
import { takeDiscussion } from './take-discussion.ts';

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
    const discussion = await takeDiscussion(tx, discussionId, 'input.discussionId');
    // rule
    enforce(mayPinDiscussion(viewer, discussion), 'input.discussionId');
    // change
    await deleteRows(tx, 'pin', { discussionId });
    return { discussionId };
  });
}
