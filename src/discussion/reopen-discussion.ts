import type { ReopenDiscussionInput } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { updateRows } from '../kit/db/index.ts';
import { requiredRowId } from '../kit/global-id.ts';
import { enforce } from '../kit/verdict.ts';
import { requireWriter } from '../kit/viewer.ts';
import { write } from '../kit/write.ts';
import { mayCloseDiscussion } from './discussion-rules.ts';
import { takeDiscussion } from './take-discussion.ts';

/** Says that a question is not done with after all. Answers the row's id. */
export async function reopenDiscussion(
  ctx: Context,
  input: ReopenDiscussionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');

  return write(ctx, 'reopenDiscussion', input, async (tx) => {
    // load
    const discussion = await takeDiscussion(tx, discussionId, 'input.discussionId');
    // rule
    enforce(mayCloseDiscussion(viewer, discussion), 'input.discussionId');
    // change
    if (discussion.closedAt !== null) {
      const set = { closedAt: null, closedById: null, closeReason: null };
      await updateRows(tx, 'discussion', { id: discussionId }, set);
    }
    return { discussionId };
  });
}
