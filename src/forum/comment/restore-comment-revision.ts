import type { Context } from '../../access/context.ts';
import { conflict, notFound } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { RestoreCommentRevisionInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { statement } from '../../store/index.ts';
import { prepareText } from '../author/index.ts';
import { mayUpdateComment } from './change-rules.ts';
import { lockCommentForEdit } from './comment-for-update.ts';
import { writeCommentText } from './comment-text.ts';

const revisionOf = statement<{ body: string }>(
  'comment.revision',
  'SELECT body FROM comment_revision WHERE comment_id = ? AND revision = ?',
  { table: 'comment_revision', by: ['comment_id'] },
);

/** Restores the text of an earlier revision as a new revision. */
export async function restoreCommentRevision(
  ctx: Context,
  input: RestoreCommentRevisionInput,
): Promise<{ commentId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const commentId = requiredRowId('Comment', input.commentId, 'input.commentId');
  const { revision } = input;
  // load: earlier revisions never change
  const [earlier] = await ctx.db.read.all(revisionOf, [commentId, revision]);
  const text = earlier ? await prepareText(ctx, earlier.body, 'input.revision') : null;

  return write(ctx, 'restoreCommentRevision', input, async (tx) => {
    const { discussion, comment } = await lockCommentForEdit(tx, commentId, 'input.commentId');
    // rule
    enforce(mayUpdateComment(viewer, comment, discussion, ctx.policy, ctx.now()), 'input.commentId');
    if (revision < 1 || revision > comment.revision)
      throw notFound(`This comment has no revision ${revision}.`, 'input.revision');
    // change
    if (revision === comment.revision || text?.body === comment.body) return { commentId };
    if (!text) throw conflict('The comment was edited at the same moment: try again.', 'input.revision');
    await writeCommentText(ctx, tx, comment, viewer.id, text);
    return { commentId };
  });
}
