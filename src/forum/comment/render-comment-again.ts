import type { Tx } from '../../store/index.ts';
import { renderMarkdown } from '../../text/markdown.ts';
import { mentionedBy } from '../../text/mentions.ts';

/** Writes the HTML and the plain text of a comment's source, as it stands inside the transaction. */
export async function renderCommentAgain(tx: Tx, id: string): Promise<void> {
  const row = await tx.comment.findUnique({
    where: { id },
    select: { body: true, revision: true, mentions: true },
  });
  if (!row) return;
  const { html, text } = renderMarkdown(row.body, mentionedBy(row.mentions));
  // somebody who edits it meanwhile renders it themselves
  await tx.comment.updateMany({
    where: { id, revision: row.revision },
    data: { bodyHtml: html, bodyText: text },
  });
}
