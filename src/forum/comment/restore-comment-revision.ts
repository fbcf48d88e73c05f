import type { Context } from '../../access/context.ts';
import { notFound, outdated } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { RestoreCommentRevisionInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { statement } from '../../store/index.ts';
import { prepareText } from '../author/index.ts';
import { redacted } from '../revisions.ts';
import { mayUpdateComment } from './change-rules.ts';
import { lockCommentForEdit } from './comment-for-update.ts';
import { writeCommentText } from './comment-text.ts';

export const earlierRevision = statement<{ body: string; redactedAt: number | null }>(
  'comment.revision',
  'SELECT body, redacted_at AS "redactedAt" FROM comment_revision WHERE comment_id = ? AND revision = ?',
  { table: 'comment_revision', by: ['comment_id'] },
);

/** Restores the text of an earlier revision as a new revision. */
export async function restoreCommentRevision(
  ctx: Context,
  input: RestoreCommentRevisionInput,
): Promise<{ commentId: string; discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const commentId = requiredRowId('Comment', input.commentId, 'input.commentId');
  const { revision } = input;
  // load: an earlier revision changes only if it is redacted
  const [earlier] = await ctx.db.read.all(earlierRevision, [commentId, revision]);
  const text = earlier ? await prepareText(ctx, earlier.body, 'input.revision') : null;

  return write(ctx, 'restoreCommentRevision', input, async (tx) => {
    const { discussion, comment } = await lockCommentForEdit(tx, commentId);
    // rule
    enforce(mayUpdateComment(viewer, comment, discussion, ctx.policy, ctx.now()), 'input.commentId');
    if (revision < 1 || revision > comment.revision)
      throw notFound(`This comment has no revision ${revision}.`, 'input.revision');
    const [stored] = await tx.all(earlierRevision, [commentId, revision]);
    if (stored && stored.redactedAt !== null) throw redacted();
    // change
    if (revision === comment.revision || text?.body === comment.body)
      return { commentId, discussionId: discussion.id };
    if (!text) throw outdated('The comment was edited at the same moment: try again.', comment.revision);
    await writeCommentText(ctx, tx, comment, viewer.id, text);
    return { commentId, discussionId: discussion.id };
  });
}
