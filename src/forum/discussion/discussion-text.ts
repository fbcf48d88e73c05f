import type { Context } from '../../access/context.ts';
import { Signal } from '../../access/signal.ts';
import { insertRow, preparedIn, type Transaction, type Tx, updateRows } from '../../store/index.ts';
import { renderMarkdown } from '../../text/markdown.ts';
import { mentionedBy } from '../../text/mentions.ts';
import { titleKeyOf } from '../../text/slug.ts';
import { type PreparedText, replaceMentions } from '../author/index.ts';
import { editTime } from '../revisions.ts';
import type { TitledText, WrittenText } from '../written-text.ts';
import { type EditedDiscussion, lockAnyDiscussionForUpdate } from './discussion-for-update.ts';

/**
 * Changes a discussion's title, body or both, and stores the revision before. Undefined members stay; without a change
 * nothing is written. The slug never changes, so URLs stay valid. The discussion's row is locked.
 */
export async function editText(
  ctx: Context,
  tx: Transaction,
  discussion: EditedDiscussion,
  edit: {
    readonly editorId: string;
    readonly title: string | undefined;
    readonly text: PreparedText | undefined;
  },
): Promise<void> {
  const title = edit.title === discussion.title ? undefined : edit.title;
  const text = edit.text?.body === discussion.body ? undefined : edit.text;
  if (title === undefined && text === undefined) return;
  const { id, revision } = discussion;
  const at = editTime(ctx, discussion);
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
      ...(text && { body: text.body, bodyHtml: text.rendering.html, bodyText: text.rendering.text }),
      revision: revision + 1,
      lastEditedAt: at,
    },
  );
  if (text) await replaceMentions(tx, 'discussion', id, text.mentioned);
  const { bodyText, authorId, createdAt } = discussion;
  await discussionWritten.emit(tx, {
    ...{ id, authorId, createdAt, before: discussion },
    after: { title: title ?? discussion.title, bodyText: text?.rendering.text ?? bodyText },
  });
  if (titleKey !== discussion.titleKey) await discussionTitled.emit(tx, { discussionId: id, titleKey });
}

/** Renders a discussion's stored text again. */
export async function renderDiscussionAgain(
  tx: Tx,
  id: string,
  imageHosts: readonly string[],
): Promise<void> {
  // an import replaces a text without a new revision
  await lockAnyDiscussionForUpdate(preparedIn(tx), id);
  const row = await tx.discussion.findUnique({ where: { id }, include: { mentions: true } });
  // a merge has moved the text away
  if (!row || row.mergedIntoId !== null) return;
  const { html, text } = renderMarkdown(row.body, mentionedBy(row.mentions), imageHosts);
  await tx.discussion.update({ where: { id }, data: { bodyHtml: html, bodyText: text } });
  const { title, authorId, createdAt } = row;
  const after = { title, bodyText: text };
  const written = { id, authorId, createdAt: createdAt.getTime(), before: row, after };
  await discussionWritten.emit(preparedIn(tx), written);
}

/** A discussion became visible under a title: it is new or restored, or its title changed. */
export const discussionTitled = new Signal<{ readonly discussionId: string; readonly titleKey: string }>();

/** A discussion was deleted or restored. Its row says which. */
export const discussionDeletedOrRestored = new Signal<{ readonly id: string; readonly title: string }>();

/** A discussion has a new title or text. Rows in the transaction are those after the change. */
export const discussionWritten = new Signal<WrittenText<TitledText>>();

/** A member has created a discussion by `createDiscussion`: not a host's page, an import or a split. */
export const discussionCreated = new Signal<{ readonly authorId: string }>();

/** Somebody has sent a title or a text for a discussion, also the one that it already has. */
export const discussionEdited = new Signal<{ readonly editorId: string; readonly discussionId: string }>();

/** The text of an earlier revision was erased. It is as it was in the revision; `discussion` has the present title. */
export const discussionRedacted = new Signal<{
  readonly discussion: { readonly id: string; readonly title: string; readonly titleKey: string };
  readonly title: string;
  readonly body: string;
}>();
