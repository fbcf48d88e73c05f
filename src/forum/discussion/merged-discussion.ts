// What merging and splitting write in the tables of discussions. See forum/merge.
import type { Context } from '../../access/context.ts';
import { change, deleteRows, differing, statement, type Transaction, updateRows } from '../../store/index.ts';
import { copyMentions } from '../author/index.ts';
import { type CountedDiscussion, countDiscussion } from './count-discussion.ts';
import type { LockedDiscussion } from './discussion-for-update.ts';
import { discussionTitled, discussionWritten } from './discussion-text.ts';

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
  await deleteRows(tx, 'discussion_mention', { discussionId: id });
  await discussionWritten.emit(tx, {
    ...{ id, authorId, createdAt, before: { title, bodyText }, after: { title, bodyText: '' } },
  });
}

const fillRevisions = change(
  'discussion.fillRevisions',
  `UPDATE discussion_revision SET
      title = CASE WHEN EXISTS (SELECT 1 FROM comment_revision c WHERE c.comment_id = ?
        AND c.revision = discussion_revision.revision AND c.redacted_at IS NOT NULL) THEN '' ELSE title END,
      body = (SELECT c.body FROM comment_revision c WHERE c.comment_id = ?
        AND c.revision = discussion_revision.revision),
      redacted_at = (SELECT c.redacted_at FROM comment_revision c WHERE c.comment_id = ?
        AND c.revision = discussion_revision.revision)
    WHERE discussion_id = ?`,
  {
    table: 'discussion_revision',
    sets: ['title', 'body', 'redacted_at'],
    by: [null, null, null, 'discussion_id'],
  },
);
const addRevisions = change(
  'discussion.addRevisions',
  `INSERT INTO discussion_revision (id, discussion_id, revision, editor_id, created_at, title, body, redacted_at)
    SELECT c.id, d.id, c.revision, c.editor_id, c.created_at, CASE WHEN c.redacted_at IS NULL THEN d.title ELSE '' END,
      c.body, c.redacted_at
    FROM discussion d JOIN comment_revision c ON c.comment_id = ?
    WHERE d.id = ? AND NOT EXISTS
      (SELECT 1 FROM discussion_revision r WHERE r.discussion_id = d.id AND r.revision = c.revision)`,
  { table: 'discussion_revision', sets: null, by: [null, null] },
);

/** Gives a discussion a comment's text with its revisions and mentions. `isNew`: it had none before. */
export async function writeQuestionText(
  tx: Transaction,
  { id, title, authorId, createdAt }: Pick<LockedDiscussion, 'id' | 'title' | 'authorId' | 'createdAt'>,
  comment: QuestionText & {
    readonly id: string;
    readonly revision: number;
    readonly lastEditedAt: number | null;
  },
  isNew: boolean,
): Promise<void> {
  const { body, bodyHtml, bodyText, revision, lastEditedAt } = comment;
  const edited = { revision, lastEditedAt: lastEditedAt === null ? null : new Date(lastEditedAt) };
  await updateRows(tx, 'discussion', { id }, { body, bodyHtml, bodyText, ...edited });
  await tx.run(fillRevisions, [comment.id, comment.id, comment.id, id]);
  await tx.run(addRevisions, [comment.id, id]);
  await copyMentions(tx, comment.id, 'discussion', id);
  const before = isNew ? null : { title, bodyText: '' };
  await discussionWritten.emit(tx, { id, authorId, createdAt, before, after: { title, bodyText } });
}

/** Marks a discussion as merged, which hides it like a deleted one. Its pin and its answer go. */
export async function recordMerged(
  ctx: Context,
  tx: Transaction,
  { id }: LockedDiscussion,
  into: { readonly destinationId: string; readonly commentId: string },
): Promise<void> {
  const at = ctx.now();
  const merged = { mergedIntoId: into.destinationId, mergedCommentId: into.commentId, mergedAt: at };
  const deleted = { deletedAt: at, deletedById: ctx.viewer?.id ?? null };
  const unanswered = { answerId: null, answeredAt: null, answeredById: null, answerRevision: null };
  await updateRows(tx, 'discussion', { id }, { ...merged, ...deleted, ...unanswered });
  await deleteRows(tx, 'pin', { discussionId: id });
}

/** Shows a merged discussion again. */
export async function recordUnmerged(tx: Transaction, { id, titleKey }: LockedDiscussion): Promise<void> {
  const merged = { mergedIntoId: null, mergedCommentId: null, mergedAt: null };
  await updateRows(tx, 'discussion', { id }, { ...merged, deletedAt: null, deletedById: null });
  await discussionTitled.emit(tx, { discussionId: id, titleKey });
}

/** Duplicates of a merged discussion become those of another, and what was merged into it leads there too. */
export async function moveReferences(
  tx: Transaction,
  sourceId: string,
  { id, duplicateOfId }: LockedDiscussion,
): Promise<void> {
  await updateRows(tx, 'discussion', { duplicateOfId: sourceId }, { duplicateOfId: duplicateOfId ?? id });
  await updateRows(tx, 'discussion', { mergedIntoId: sourceId }, { mergedIntoId: id });
}

const moveBack = (column: string) =>
  change(
    `discussion.moveBack ${column}`,
    `UPDATE discussion SET ${column} = ? WHERE ${column} = ?
      AND id IN (SELECT m.row_id FROM merged_row m WHERE m.source_id = ?)`,
    { table: 'discussion', sets: [column], by: [column, column, null] },
  );
const DUPLICATES_BACK = moveBack('duplicate_of_id');
const MERGED_BACK = moveBack('merged_into_id');

/** Moves back what `moveReferences` has moved, as far as nobody else has moved it since. */
export async function moveReferencesBack(
  tx: Transaction,
  sourceId: string,
  { id, duplicateOfId }: LockedDiscussion,
): Promise<void> {
  await tx.run(DUPLICATES_BACK, [sourceId, duplicateOfId ?? id, sourceId]);
  await tx.run(MERGED_BACK, [sourceId, id, sourceId]);
}

/** Writes a discussion's counters, which are counted from `counted`. Its row is locked. */
export async function recordCounters(
  tx: Transaction,
  discussion: LockedDiscussion,
  counted: Omit<CountedDiscussion, 'createdAt'>,
): Promise<void> {
  const { id, createdAt } = discussion;
  const { importedNetVotes } = counted;
  const { lastActivityAt, ...counters } = countDiscussion({ ...counted, createdAt });
  const changed = differing(discussion, { ...counters, importedNetVotes });
  const at = new Date(lastActivityAt);
  await updateRows(tx, 'discussion', { id }, { ...changed, lastActivityAt: at });
}
