import type { Tx } from '../kit/db/index.ts';
import { renderMarkdown } from '../kit/markdown.ts';
import { mentionedBy } from '../kit/mentions.ts';

/** Writes the HTML and the plain text of a comment's source, as it stands inside the transaction. */
export async function renderCommentAgain(tx: Tx, id: string): Promise<void> {
  const row = await tx.comment.findUnique({ where: { id }, select: { body: true, mentions: true } });
  if (!row) return;
  const { html, text } = renderMarkdown(row.body, mentionedBy(row.mentions));
  await tx.comment.update({ where: { id }, data: { bodyHtml: html, bodyText: text } });
}
