import type { Context } from '../../access/context.ts';
import { conflict, notFound } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { RedactCommentRevisionInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { updateRows } from '../../store/index.ts';
import { moderationBy, recordModeration } from '../author/index.ts';
import { checkedRedactionReason } from '../revisions.ts';
import { mayRedactCommentRevision } from './change-rules.ts';
import { lockCommentWithDiscussion } from './comment-for-update.ts';
import { commentRedacted } from './comment-text.ts';
import { earlierRevision } from './restore-comment-revision.ts';

/** Erases the text of an earlier revision. Does nothing if it is redacted already. Returns the comment's row id and the revision. */
export async function redactCommentRevision(
  ctx: Context,
  input: RedactCommentRevisionInput,
): Promise<{ commentId: string; revision: number }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const commentId = requiredRowId('Comment', input.commentId, 'input.commentId');
  const reason = checkedRedactionReason(input.reason);
  const { revision } = input;

  return write(ctx, 'redactCommentRevision', input, async (tx) => {
    // load
    const { discussion, comment } = await lockCommentWithDiscussion(tx, commentId, 'input.commentId');
    // rule
    enforce(mayRedactCommentRevision(viewer, discussion), 'input.commentId');
    if (revision === comment.revision)
      throw conflict('The current revision cannot be redacted: edit the text first.', 'input.revision');
    const [stored] = await tx.all(earlierRevision, [commentId, revision]);
    if (!stored) throw notFound(`This comment has no revision ${revision}.`, 'input.revision');
    // change
    if (stored.redactedAt !== null) return { commentId, revision };
    await updateRows(tx, 'comment_revision', { commentId, revision }, { body: '', redactedAt: ctx.now() });
    await commentRedacted.emit(tx, { ...stored, commentId });
    await recordModeration(tx, moderationBy(ctx), {
      ...{ action: 'REDACT_COMMENT_REVISION', discussionId: discussion.id, commentId, revision },
      detail: reason,
    });
    return { commentId, revision };
  });
}
