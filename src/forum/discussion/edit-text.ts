import type { Context } from '../../access/context.ts';
import { insertRow, type Transaction, updateRows } from '../../store/index.ts';
import { titleKeyOf } from '../../text/slug.ts';
import { type PreparedText, writeMentions } from '../author/index.ts';
import { editTime } from '../revisions.ts';
import { discussionTitled } from './discussion-titled.ts';
import type { LockedDiscussion } from './take-discussion.ts';

/**
 * Gives a taken discussion another title or body, and keeps the state before. Undefined leaves one as it is; what is
 * the same already writes nothing. The slug stays: addresses that people have passed on lead here for ever.
 */
export async function editText(
  ctx: Context,
  tx: Transaction,
  discussion: LockedDiscussion,
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
  if (text) await writeMentions(tx, 'discussion', id, text.mentioned);
  if (titleKey !== discussion.titleKey) await discussionTitled.tell(tx, { discussionId: id, titleKey });
}
