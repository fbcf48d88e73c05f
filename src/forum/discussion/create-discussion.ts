import type { Context } from '../../access/context.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { CreateDiscussionInput } from '../../generated/graphql.ts';
import { mayCreateDiscussion } from './discussion-rules.ts';
import { draftDiscussion, externalIdTaken, insertDiscussion } from './draft-discussion.ts';

/** Asks a question. Answers the row's id. */
export async function createDiscussion(
  ctx: Context,
  input: CreateDiscussionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input, load
  const draft = await draftDiscussion(ctx, input);

  return write(ctx, 'createDiscussion', input, async (tx) => {
    // rule
    enforce(mayCreateDiscussion(viewer));
    // change
    const discussionId = await insertDiscussion(ctx, tx, viewer.id, draft);
    if (discussionId === null) throw externalIdTaken();
    return { discussionId };
  });
}
