import type { RestoreDiscussionRevisionInput } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { notFound } from '../kit/errors.ts';
import { requiredRowId } from '../kit/global-id.ts';
import { enforce } from '../kit/verdict.ts';
import { requireWriter } from '../kit/viewer.ts';
import { write } from '../kit/write.ts';
import { mayUpdateDiscussion } from './discussion-rules.ts';
import { editText, renderBody } from './edit-text.ts';
import { loadFormerText } from './revision-reads.ts';
import { takeDiscussion } from './take-discussion.ts';

/** Brings back title and body of a former state, as one more edit. Answers the row's id. */
export async function restoreDiscussionRevision(
  ctx: Context,
  input: RestoreDiscussionRevisionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');
  const { revision } = input;
  // load: a former state never changes; the mentions are those of today
  const former = await loadFormerText(ctx, discussionId, revision);
  const body = former && (await renderBody(ctx, former.body));

  return write(ctx, 'restoreDiscussionRevision', input, async (tx) => {
    const discussion = await takeDiscussion(tx, discussionId, 'input.discussionId');
    // rule
    enforce(mayUpdateDiscussion(viewer, discussion, ctx.policy, ctx.now()), 'input.discussionId');
    if (revision === discussion.revision) return { discussionId };
    if (!former || !body) throw notFound(`There is no revision ${revision} of it.`, 'input.revision');
    // change
    await editText(ctx, tx, discussion, { editorId: viewer.id, title: former.title, body });
    return { discussionId };
  });
}
