// A question becomes a comment of another discussion, and a comment becomes a question. See forum/merge.
import { change, deleteRows, insertRow, statement, type Transaction } from '../../store/index.ts';
import { copyMentions } from '../author/index.ts';
import { type LockedDiscussion, type QuestionText, writeQuestionText } from '../discussion/index.ts';
import { commentRemoved, commentWritten } from './comment-text.ts';
import { liftRepliesTo } from './move-comments.ts';
import { treePathOf } from './tree-path.ts';

const copyRevisions = change(
  'comment.copyRevisions',
  `INSERT INTO comment_revision (id, comment_id, revision, editor_id, created_at, body, redacted_at)
    SELECT r.id, c.id, r.revision, r.editor_id, r.created_at, r.body, r.redacted_at
    FROM comment c JOIN discussion_revision r ON r.discussion_id = ? WHERE c.id = ?`,
  { table: 'comment_revision', sets: null, by: [null, null] },
);

/** Adds a question as a comment at the top level, with its author, time, text, revisions and mentions. No votes. */
export async function insertQuestionAsComment(
  tx: Transaction,
  id: string,
  question: LockedDiscussion,
  text: QuestionText,
  discussionId: string,
): Promise<void> {
  const { authorId, createdAt, createdAtIsApproximate, lastEditedAt, revision } = question;
  await insertRow(tx, 'comment', {
    ...{ id, discussionId, authorId, revision },
    ...{ body: text.body, bodyHtml: text.bodyHtml, bodyText: text.bodyText },
    createdAt: new Date(createdAt),
    createdAtIsApproximate: Boolean(createdAtIsApproximate),
    lastEditedAt: lastEditedAt === null ? null : new Date(lastEditedAt),
    treePath: treePathOf(null, { id, createdAt }),
  });
  await tx.run(copyRevisions, [question.id, id]);
  await copyMentions(tx, question.id, 'comment', id);
  await commentWritten.emit(tx, { id, authorId, createdAt, before: null, after: text });
}

/** A comment that becomes a question. */
export interface QuestionComment extends QuestionText {
  readonly id: string;
  readonly authorId: string | null;
  readonly createdAt: number;
  readonly createdAtIsApproximate: boolean | 0 | 1;
  readonly lastEditedAt: number | null;
  readonly revision: number;
  readonly importedNetVotes: number;
  readonly importKey: string | null;
  readonly deletedAt: number | null;
  readonly discussionId: string;
}

const byId = statement<QuestionComment>(
  'comment.asQuestion',
  (
    d,
  ) => `SELECT t.id, t.discussion_id AS "discussionId", t.body, t.body_html AS "bodyHtml", t.body_text AS "bodyText",
      t.author_id AS "authorId", t.created_at AS "createdAt", t.created_at_is_approximate AS "createdAtIsApproximate",
      t.last_edited_at AS "lastEditedAt", t.revision, t.imported_net_votes AS "importedNetVotes",
      t.import_key AS "importKey", t.deleted_at AS "deletedAt"
    FROM comment t WHERE t.id = ? ${d.forUpdate}`,
);

/** Reads a comment that may become a question, and locks its row. Null if there is none. */
export async function lockQuestionComment(tx: Transaction, id: string): Promise<QuestionComment | null> {
  const [row] = await tx.all(byId, [id]);
  return row ?? null;
}

/**
 * Makes a comment at the top level of a discussion the question of it: the discussion gets its text with revisions and
 * mentions, the replies to it move up to the top level, and it is removed with its votes.
 */
export async function turnIntoQuestion(
  tx: Transaction,
  newId: () => string,
  comment: QuestionComment,
  discussion: Pick<LockedDiscussion, 'id' | 'title' | 'authorId' | 'createdAt'>,
  isNew: boolean,
): Promise<void> {
  await writeQuestionText(tx, newId, discussion, comment, isNew);
  await liftRepliesTo(tx, comment.id);
  await commentRemoved.emit(tx, comment);
  await deleteRows(tx, 'comment', { id: comment.id });
}
