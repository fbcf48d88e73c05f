import type { Context } from '../../access/context.ts';
import { conflict, notFound } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { RedactDiscussionRevisionInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { updateRows } from '../../store/index.ts';
import { moderationBy, recordModeration } from '../author/index.ts';
import { checkedRedactionReason } from '../revisions.ts';
import { lockDiscussionForUpdate } from './discussion-for-update.ts';
import { mayRedactDiscussionRevision } from './discussion-rules.ts';
import { discussionRedacted } from './discussion-text.ts';
import { earlierText } from './revision-reads.ts';

/**
 * Erases title and text of an earlier revision. Does nothing if it is redacted already. Returns the discussion's row id
 * and the revision.
 */
export async function redactDiscussionRevision(
  ctx: Context,
  input: RedactDiscussionRevisionInput,
): Promise<{ discussionId: string; revision: number }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');
  const reason = checkedRedactionReason(input.reason);
  const { revision } = input;

  return write(ctx, 'redactDiscussionRevision', input, async (tx) => {
    // load
    const discussion = await lockDiscussionForUpdate(tx, discussionId, 'input.discussionId');
    // rule
    enforce(mayRedactDiscussionRevision(viewer, discussion), 'input.discussionId');
    if (revision === discussion.revision)
      throw conflict('The current revision cannot be redacted: edit the text first.', 'input.revision');
    const [stored] = await tx.all(earlierText, [discussionId, revision]);
    if (!stored) throw notFound(`This discussion has no revision ${revision}.`, 'input.revision');
    // change
    if (stored.redactedAt !== null) return { discussionId, revision };
    const erased = { title: '', body: '', redactedAt: ctx.now() };
    await updateRows(tx, 'discussion_revision', { discussionId, revision }, erased);
    await discussionRedacted.emit(tx, { ...stored, discussion });
    await recordModeration(tx, moderationBy(ctx), {
      ...{ action: 'REDACT_DISCUSSION_REVISION', discussionId, revision, detail: reason },
    });
    return { discussionId, revision };
  });
}
