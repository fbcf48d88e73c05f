// What a newer export changes in a discussion that an earlier one has added, and what is added to it later.
import {
  change,
  insertNew,
  type Param,
  selectList,
  statement,
  type Transaction,
  updateRows,
} from '../../store/index.ts';
import type { Rendering } from '../../text/markdown.ts';
import type { Mentioned } from '../../text/mentions.ts';
import { titleKeyOf } from '../../text/slug.ts';
import { replaceMentions } from '../author/index.ts';
import { discussionTitled, discussionWritten } from './discussion-text.ts';

/** A text of a newer export. */
export interface NewerText {
  readonly body: string;
  readonly rendering: Rendering;
  readonly mentioned: Mentioned;
  readonly revision: number;
  readonly lastEditedAt: Date | null;
}

interface StoredText {
  readonly authorId: string | null;
  readonly createdAt: number;
  readonly deletedAt: number | null;
  readonly title: string;
  readonly titleKey: string;
  readonly bodyText: string;
  readonly importedNetVotes: number;
  readonly revision: number;
  readonly mergedIntoId: string | null;
}

const TEXT = [
  ...['authorId', 'createdAt', 'deletedAt', 'title', 'titleKey', 'bodyText', 'importedNetVotes', 'revision'],
  'mergedIntoId',
];
const textForUpdate = statement<StoredText>(
  'discussion.importedText',
  (d) => `SELECT ${selectList({ columns: TEXT }, 't')} FROM discussion t WHERE t.id = ? ${d.forUpdate}`,
);

/**
 * Updates imported votes, unless they are null, and, if the text is still of the revision `importedRevision`, the title
 * and the text: what was edited here since stays, and a discussion that was merged has no text. Returns whether the text
 * was replaced.
 */
export async function updateImportedDiscussionText(
  tx: Transaction,
  id: string,
  newer: NewerText & { readonly title: string; readonly importedNetVotes: number | null },
  importedRevision: number,
): Promise<boolean> {
  const [row] = await tx.all(textForUpdate, [id]);
  if (!row || row.mergedIntoId !== null) return false;
  const { title, body, rendering, mentioned, revision, lastEditedAt, importedNetVotes } = newer;
  if (importedNetVotes !== null && row.importedNetVotes !== importedNetVotes)
    await updateRows(tx, 'discussion', { id }, { importedNetVotes });
  if (row.revision !== importedRevision) return false;
  const titleKey = titleKeyOf(title);
  const text = { title, titleKey, body, bodyHtml: rendering.html, bodyText: rendering.text };
  await updateRows(tx, 'discussion', { id }, { ...text, revision, lastEditedAt });
  await replaceMentions(tx, 'discussion', id, mentioned);
  const { authorId, createdAt } = row;
  await discussionWritten.emit(tx, { id, authorId, createdAt, before: row, after: text });
  if (titleKey !== row.titleKey && row.deletedAt === null)
    await discussionTitled.emit(tx, { discussionId: id, titleKey });
  return true;
}

/** An earlier text, and the edit that replaced it. */
export interface ImportedRevision {
  readonly id: string;
  readonly revision: number;
  readonly body: string;
  readonly editorId: string | null;
  readonly createdAt: Date;
  readonly redactedAt: Date | null;
}

/** Adds an earlier text of a discussion, unless there is one of this number. Returns whether it was added. */
export function addImportedDiscussionRevision(
  tx: Transaction,
  discussionId: string,
  revision: ImportedRevision & { readonly title: string },
): Promise<boolean> {
  return insertNew(tx, 'discussion_revision', { discussionId, ...revision });
}

const acceptAnswer = change(
  'discussion.acceptImported',
  `UPDATE discussion SET answer_id = ?, answered_at = ?, answered_by_id = ?, answer_revision = ?
    WHERE id = ? AND answer_id IS NULL`,
  {
    table: 'discussion',
    sets: ['answer_id', 'answered_at', 'answered_by_id', 'answer_revision'],
    by: ['answer_id', null, null, null, 'id'],
  },
);

/** Accepts a comment of the discussion as its answer, if it has none. Returns whether it was accepted. */
export async function acceptAnswerOfExport(
  tx: Transaction,
  id: string,
  answer: { commentId: string; at: Date; byId: string | null; revision: number | null },
): Promise<boolean> {
  const params: Param[] = [answer.commentId, answer.at, answer.byId, answer.revision, id];
  return (await tx.run(acceptAnswer, params)) > 0;
}

const setDuplicate = change(
  'discussion.setImportedDuplicate',
  `UPDATE discussion SET duplicate_of_id = ? WHERE id = ? AND duplicate_of_id IS NULL AND close_reason = 'DUPLICATE'
    AND id NOT IN (SELECT o.duplicate_of_id FROM discussion o WHERE o.duplicate_of_id IS NOT NULL)`,
  { table: 'discussion', sets: ['duplicate_of_id'], by: ['duplicate_of_id', 'id'] },
);
const originalOf = statement<{ id: string }>(
  'discussion.originalOf',
  `SELECT coalesce(i.duplicate_of_id, i.id, t.duplicate_of_id, t.id) AS id
    FROM discussion t LEFT JOIN discussion i ON i.id = t.merged_into_id WHERE t.id = ?`,
);

/**
 * Names the original of a discussion that is closed as a duplicate and has none yet; for the duplicate of a duplicate,
 * its original, and for a merged one, the discussion where it is. Returns whether it was named.
 */
export async function setImportedDuplicate(tx: Transaction, id: string, ofId: string): Promise<boolean> {
  const [original] = await tx.all(originalOf, [ofId]);
  if (!original || original.id === id) return false;
  return (await tx.run(setDuplicate, [original.id, id])) > 0;
}

const setSplit = change(
  'discussion.setImportedSplit',
  'UPDATE discussion SET split_from_id = ? WHERE id = ? AND split_from_id IS NULL',
  { table: 'discussion', sets: ['split_from_id'], by: ['split_from_id', 'id'] },
);

/** Names the discussion from which one was split. Returns whether it had none. */
export async function setImportedSplit(tx: Transaction, id: string, fromId: string): Promise<boolean> {
  return (await tx.run(setSplit, [fromId, id])) > 0;
}
