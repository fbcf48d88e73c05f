// The text of a discussion that becomes a comment, or the other way round. See forum/merge.
import { change, statement, type Transaction, updateRows } from '../../store/index.ts';
import { copyMentions, deleteDiscussionMentions } from '../author/index.ts';
import type { LockedDiscussion } from './discussion-for-update.ts';
import { discussionWritten } from './discussion-text.ts';

/** The text of a question, as it moves between a discussion and a comment. */
export interface QuestionText {
  readonly body: string;
  readonly bodyHtml: string;
  readonly bodyText: string;
}

const textOf = statement<QuestionText>(
  'discussion.textOf',
  'SELECT body, body_html AS "bodyHtml", body_text AS "bodyText" FROM discussion WHERE id = ?',
);

/** The text of a discussion whose row is locked. */
export async function readQuestionText(tx: Transaction, id: string): Promise<QuestionText> {
  const [text] = await tx.all(textOf, [id]);
  return text ?? { body: '', bodyHtml: '', bodyText: '' };
}

/**
 * Erases the text of a discussion that has become a comment, also in its revisions: a redaction there must leave no copy
 * here. The titles stay.
 */
export async function eraseQuestionText(
  tx: Transaction,
  { id, title, authorId, createdAt }: LockedDiscussion,
  { bodyText }: QuestionText,
): Promise<void> {
  await updateRows(tx, 'discussion', { id }, { body: '', bodyHtml: '', bodyText: '' });
  await updateRows(tx, 'discussion_revision', { discussionId: id }, { body: '' });
  await deleteDiscussionMentions(tx, id);
  await discussionWritten.emit(tx, {
    ...{ id, authorId, createdAt, before: { title, bodyText }, after: { title, bodyText: '' } },
  });
}

const fillRevisions = change(
  'discussion.fillRevisions',
  `UPDATE discussion_revision SET body = c.body, redacted_at = c.redacted_at FROM comment_revision c
    WHERE c.comment_id = ? AND discussion_revision.discussion_id = ? AND c.revision = discussion_revision.revision
    RETURNING discussion_revision.id`,
  { table: 'discussion_revision', sets: ['body', 'redacted_at'], by: [null, 'discussion_id'] },
);
const redactTitles = change(
  'discussion.redactTitles',
  `UPDATE discussion_revision SET title = '' WHERE discussion_revision.discussion_id = ? AND redacted_at IS NOT NULL`,
  { table: 'discussion_revision', sets: ['title'], by: ['discussion_id'] },
);
const missingRevisions = statement<{ id: string }>(
  'discussion.missingRevisions',
  `SELECT c.id FROM comment_revision c WHERE c.comment_id = ? AND NOT EXISTS
      (SELECT 1 FROM discussion_revision r WHERE r.discussion_id = ? AND r.revision = c.revision)
    ORDER BY c.revision`,
);
// with ids of their own: if the comment was the question of a merged discussion, its revisions have the ids of those
const addRevisions = change(
  'discussion.addRevisions',
  (
    d,
  ) => `INSERT INTO discussion_revision (id, discussion_id, revision, editor_id, created_at, title, body, redacted_at)
    SELECT n.value, d.id, c.revision, c.editor_id, c.created_at, CASE WHEN c.redacted_at IS NULL THEN d.title ELSE '' END,
      c.body, c.redacted_at
    FROM ${d.eachOf('n')} JOIN ${d.eachOf('o')} ON o.ordinal = n.ordinal
    JOIN comment_revision c ON c.id = o.value JOIN discussion d ON d.id = ?`,
  { table: 'discussion_revision', sets: null, by: [null, null, null] },
);

const discussionKeyed = statement<{ id: string }>(
  'discussion.byImportKey',
  'SELECT id FROM discussion WHERE import_key = ?',
);

/**
 * Gives a discussion a comment's text with its revisions and mentions. `isNew`: it had none before. Then it also keeps the
 * comment's import key, by which imports know that the comment is here.
 */
export async function writeQuestionText(
  tx: Transaction,
  newId: () => string,
  { id, title, authorId, createdAt }: Pick<LockedDiscussion, 'id' | 'title' | 'authorId' | 'createdAt'>,
  comment: QuestionText & {
    readonly id: string;
    readonly revision: number;
    readonly lastEditedAt: number | null;
    readonly importKey: string | null;
  },
  isNew: boolean,
): Promise<void> {
  const { body, bodyHtml, bodyText, revision, lastEditedAt, importKey } = comment;
  const edited = { revision, lastEditedAt: lastEditedAt === null ? null : new Date(lastEditedAt) };
  // an import may have brought a discussion with this key
  const isKeyed = isNew && importKey !== null && (await tx.all(discussionKeyed, [importKey])).length === 0;
  const texts = { body, bodyHtml, bodyText };
  await updateRows(tx, 'discussion', { id }, { ...texts, ...edited, ...(isKeyed && { importKey }) });
  await tx.run(fillRevisions, [comment.id, id]);
  await tx.run(redactTitles, [id]);
  const missing = (await tx.all(missingRevisions, [comment.id, id])).map((row) => row.id);
  if (missing.length > 0) await tx.run(addRevisions, [missing.map(() => newId()), missing, id]);
  await copyMentions(tx, comment.id, 'discussion', id);
  const before = isNew ? null : { title, bodyText: '' };
  await discussionWritten.emit(tx, { id, authorId, createdAt, before, after: { title, bodyText } });
}
