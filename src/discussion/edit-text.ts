import { findMentioned, writeMentions } from '../author/index.ts';
import type { Context } from '../kit/context.ts';
import { insertRow, type Transaction, updateRows } from '../kit/db/index.ts';
import { type Rendering, renderMarkdown } from '../kit/markdown.ts';
import type { Mentioned } from '../kit/mentions.ts';
import { titleKeyOf } from '../kit/slug.ts';
import { discussionTitled } from './discussion-titled.ts';
import type { TakenDiscussion } from './take-discussion.ts';

/** A body as an edit needs it. */
export interface RenderedBody {
  readonly source: string;
  readonly mentioned: Mentioned;
  readonly rendering: Rendering;
}

/** Renders a body, with the people whom it names today. Before the transaction: the longest take a quarter of a second. */
export async function renderBody(ctx: Context, source: string): Promise<RenderedBody> {
  const mentioned = await findMentioned(ctx, source);
  return { source, mentioned, rendering: renderMarkdown(source, mentioned) };
}

/**
 * Gives a taken discussion another title or body, and keeps the state before. Undefined leaves one as it is; what is
 * the same already writes nothing. The slug stays: addresses that people have passed on lead here for ever.
 */
export async function editText(
  ctx: Context,
  tx: Transaction,
  discussion: TakenDiscussion,
  edit: {
    readonly editorId: string;
    readonly title: string | undefined;
    readonly body: RenderedBody | undefined;
  },
): Promise<void> {
  const title = edit.title === discussion.title ? undefined : edit.title;
  const body = edit.body?.source === discussion.body ? undefined : edit.body;
  if (title === undefined && body === undefined) return;
  const { id, revision, createdAt, lastEditedAt } = discussion;
  // never before what is known to have been before: the clock may have been set back
  const at = new Date(Math.max(ctx.now().getTime(), lastEditedAt ?? createdAt));
  await insertRow(tx, 'discussion_revision', {
    id: ctx.newId(),
    discussionId: id,
    revision,
    editorId: edit.editorId,
    createdAt: at,
    title: discussion.title,
    body: discussion.body,
  });
  const titleKey = title === undefined ? discussion.titleKey : titleKeyOf(title);
  await updateRows(
    tx,
    'discussion',
    { id },
    {
      ...(title !== undefined && { title, titleKey }),
      ...(body && { body: body.source, bodyHtml: body.rendering.html, bodyText: body.rendering.text }),
      revision: revision + 1,
      lastEditedAt: at,
    },
  );
  if (body) await writeMentions(tx, 'discussion', id, body.mentioned);
  if (titleKey !== discussion.titleKey) await discussionTitled.tell(tx, { discussionId: id, titleKey });
}
