import type { Context } from '../../access/context.ts';
import { write } from '../../access/write.ts';
import type { RecordDiscussionViewInput } from '../../generated/graphql.ts';
import { globalId, requiredRowId, unknownId } from '../../graphql/global-id.ts';
import { loadDiscussion, lockDiscussionForUpdate } from '../discussion/index.ts';

const FIELD = 'input.discussionId';

/** Counts a view of a discussion, if views are counted. Returns the row's id. */
export async function recordDiscussionView(
  ctx: Context,
  input: RecordDiscussionViewInput,
): Promise<{ discussionId: string }> {
  // who: anyone who can read, a guest and a read-only key included
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, FIELD);
  const record = () => ctx.viewCounter?.count(discussionId, ctx.countedAs);

  // a view without an idempotency key needs no transaction: a repeat does not count anyway
  if ((input.idempotencyKey ?? null) === null) {
    // load
    const discussion = await loadDiscussion(ctx, discussionId);
    if (!discussion) throw unknownId(globalId('Discussion', discussionId), FIELD);
    // change
    record();
    return { discussionId };
  }
  return write(ctx, 'recordDiscussionView', input, async (tx, afterCommit) => {
    // load
    await lockDiscussionForUpdate(tx, discussionId, FIELD);
    // change
    afterCommit(record);
    return { discussionId };
  });
}
