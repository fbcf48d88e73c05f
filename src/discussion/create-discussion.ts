import type { CreateDiscussionInput } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { enforce } from '../kit/verdict.ts';
import { requireWriter } from '../kit/viewer.ts';
import { write } from '../kit/write.ts';
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
