import type { Context } from '../../access/context.ts';
import { notFound, outdated } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { RestoreDiscussionRevisionInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { prepareText } from '../author/index.ts';
import { redacted } from '../revisions.ts';
import { lockDiscussionForEdit } from './discussion-for-update.ts';
import { mayUpdateDiscussion } from './discussion-rules.ts';
import { editText } from './discussion-text.ts';
import { earlierText, loadEarlierText } from './revision-reads.ts';

/** Restores title and body of an earlier revision as a new revision. Returns the row's id. */
export async function restoreDiscussionRevision(
  ctx: Context,
  input: RestoreDiscussionRevisionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');
  const { revision } = input;
  // load: an earlier revision changes only if it is redacted; mentions are found anew
  const earlier = await loadEarlierText(ctx, discussionId, revision);
  const text = earlier && (await prepareText(ctx, earlier.body, 'input.revision'));

  return write(ctx, 'restoreDiscussionRevision', input, async (tx) => {
    const discussion = await lockDiscussionForEdit(tx, discussionId);
    // rule
    enforce(mayUpdateDiscussion(viewer, discussion, ctx.policy, ctx.now()), 'input.discussionId');
    if (revision < 1 || revision > discussion.revision)
      throw notFound(`This discussion has no revision ${revision}.`, 'input.revision');
    if (revision === discussion.revision) return { discussionId };
    const [stored] = await tx.all(earlierText, [discussionId, revision]);
    if (stored && stored.redactedAt !== null) throw redacted();
    // it was the present revision when it was loaded
    if (!earlier || !text)
      throw outdated('The discussion was edited at the same moment: try again.', discussion.revision);
    // change
    await editText(ctx, tx, discussion, { editorId: viewer.id, title: earlier.title, text });
    return { discussionId };
  });
}
