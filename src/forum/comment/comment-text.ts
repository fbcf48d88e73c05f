import type { Context } from '../../access/context.ts';
import { insertRow, type Transaction, type Tx, updateRows } from '../../store/index.ts';
import { renderMarkdown } from '../../text/markdown.ts';
import { mentionedBy } from '../../text/mentions.ts';
import { type PreparedText, replaceMentions } from '../author/index.ts';
import { editTime } from '../revisions.ts';
import type { EditedComment } from './comment-for-update.ts';

/** Writes the next revision of a comment's text, and stores the one before. The comment's row is locked. */
export async function writeCommentText(
  ctx: Context,
  tx: Transaction,
  comment: EditedComment,
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
  await replaceMentions(tx, 'comment', id, mentioned);
}

/** Renders a comment's stored text again. */
export async function renderCommentAgain(tx: Tx, id: string, imageHosts: readonly string[]): Promise<void> {
  const row = await tx.comment.findUnique({
    where: { id },
    select: { body: true, revision: true, mentions: true },
  });
  if (!row) return;
  const { html, text } = renderMarkdown(row.body, mentionedBy(row.mentions), imageHosts);
  // an edit that commits first has rendered the newer text
  await tx.comment.updateMany({
    where: { id, revision: row.revision },
    data: { bodyHtml: html, bodyText: text },
  });
}
