import type { Context } from '../../access/context.ts';
import { insertRow, type Transaction, updateRows } from '../../store/index.ts';
import { type PreparedText, writeMentions } from '../author/index.ts';
import { editTime } from '../revisions.ts';
import type { LockedComment } from './take-comment.ts';

/** Gives a taken comment its next state of text, and keeps the one before. */
export async function writeCommentText(
  ctx: Context,
  tx: Transaction,
  comment: LockedComment,
  editorId: string,
  { body, rendering, mentioned }: PreparedText,
): Promise<void> {
  const { id, revision } = comment;
  const at = editTime(ctx, comment);
  await insertRow(tx, 'comment_revision', {
    ...{ id: ctx.newId(), commentId: id, revision, body: comment.body, editorId, createdAt: at },
  });
  const text = { body, bodyHtml: rendering.html, bodyText: rendering.text };
  await updateRows(tx, 'comment', { id }, { ...text, lastEditedAt: at, revision: revision + 1 });
  await writeMentions(tx, 'comment', id, mentioned);
}
