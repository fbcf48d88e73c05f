import type { Context } from '../../access/context.ts';
import { Signal } from '../../access/signal.ts';
import { insertRow, preparedIn, type Transaction, type Tx, updateRows } from '../../store/index.ts';
import { renderMarkdown } from '../../text/markdown.ts';
import { mentionedBy } from '../../text/mentions.ts';
import { type PreparedText, replaceMentions } from '../author/index.ts';
import { editTime } from '../revisions.ts';
import type { PlainText, WrittenText } from '../written-text.ts';
import { type EditedComment, lockCommentForUpdate } from './comment-for-update.ts';

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
  const { authorId, createdAt } = comment;
  await commentWritten.emit(tx, { id, authorId, createdAt, before: comment, after: text });
}

/** A comment has a new text. Rows in the transaction are those after the change. */
export const commentWritten = new Signal<WrittenText<PlainText>>();

/**
 * A member has added a comment. `discussionIds`: the discussion for which they wrote it, and the one in which it is, if that
 * was merged into another.
 */
export const commentAdded = new Signal<{
  readonly authorId: string;
  readonly discussionIds: ReadonlySet<string>;
  readonly replyToId: string | null;
}>();

/** Somebody has sent a text for a comment, also the one that it already has. */
export const commentEdited = new Signal<{ readonly editorId: string; readonly commentId: string }>();

/** A comment is about to be removed with its row, because its text is now that of a discussion. */
export const commentRemoved = new Signal<
  PlainText & { readonly id: string; readonly authorId: string | null }
>();

/** The text of an earlier revision was erased. It is as it was in the revision. */
export const commentRedacted = new Signal<{ readonly commentId: string; readonly body: string }>();

/** Renders a comment's stored text again. */
export async function renderCommentAgain(tx: Tx, id: string, imageHosts: readonly string[]): Promise<void> {
  // an import replaces a text without a new revision
  await lockCommentForUpdate(preparedIn(tx), id);
  const row = await tx.comment.findUnique({ where: { id }, include: { mentions: true } });
  if (!row) return;
  const { html, text } = renderMarkdown(row.body, mentionedBy(row.mentions), imageHosts);
  await tx.comment.update({ where: { id }, data: { bodyHtml: html, bodyText: text } });
  const { authorId, createdAt } = row;
  const written = { id, authorId, createdAt: createdAt.getTime(), before: row, after: { bodyText: text } };
  await commentWritten.emit(preparedIn(tx), written);
}
