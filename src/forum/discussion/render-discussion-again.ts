import type { Tx } from '../../store/index.ts';
import { renderMarkdown } from '../../text/markdown.ts';
import { mentionedBy } from '../../text/mentions.ts';

/** Writes the HTML and the plain text of a discussion's source, as it stands inside the transaction. */
export async function renderDiscussionAgain(tx: Tx, id: string): Promise<void> {
  const row = await tx.discussion.findUnique({ where: { id }, select: { body: true, mentions: true } });
  if (!row) return;
  const { html, text } = renderMarkdown(row.body, mentionedBy(row.mentions));
  await tx.discussion.update({ where: { id }, data: { bodyHtml: html, bodyText: text } });
}
