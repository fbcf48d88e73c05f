import { findMentioned, writeMentions } from '../author/index.ts';
import type { Context } from '../kit/context.ts';
import { insertRow, type Transaction, updateRows } from '../kit/db/index.ts';
import { conflict } from '../kit/errors.ts';
import { type Rendering, renderMarkdown } from '../kit/markdown.ts';
import type { Mentioned } from '../kit/mentions.ts';
import type { TakenComment } from './take-comment.ts';

/** A text, and all that is stored with it. */
export interface PreparedText {
  readonly body: string;
  readonly rendering: Rendering;
  readonly mentioned: Mentioned;
}

/** What takes time is done before the transaction. */
export async function prepareText(ctx: Context, body: string): Promise<PreparedText> {
  const mentioned = await findMentioned(ctx, body);
  return { body, mentioned, rendering: renderMarkdown(body, mentioned) };
}

/** Gives a taken comment its next state of text, and keeps the one before. */
export async function writeCommentText(
  ctx: Context,
  tx: Transaction,
  comment: TakenComment,
  editorId: string,
  { body, rendering, mentioned }: PreparedText,
): Promise<void> {
  const { id, revision } = comment;
  // a clock that was set back must not make an edit older than what it edited
  const at = new Date(Math.max(ctx.now().getTime(), comment.lastEditedAt ?? comment.createdAt));
  await insertRow(tx, 'comment_revision', {
    ...{ id: ctx.newId(), commentId: id, revision, body: comment.body, editorId, createdAt: at },
  });
  const text = { body, bodyHtml: rendering.html, bodyText: rendering.text };
  await updateRows(tx, 'comment', { id }, { ...text, lastEditedAt: at, revision: revision + 1 });
  await writeMentions(tx, 'comment', id, mentioned);
}

/** Throws CONFLICT where somebody has edited a taken comment since the client saw it; absent: it does not mind. */
export function checkSeen(seen: number | null | undefined, { revision }: TakenComment): void {
  if (typeof seen !== 'number' || seen === revision) return;
  throw conflict(
    `The text has been changed since you read it: it is at revision ${revision}, not ${seen}.`,
    'input.revision',
  );
}
