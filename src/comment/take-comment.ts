import { statement, type Transaction } from '../kit/db/index.ts';
import { COMMENT_COLUMNS, type CommentRow } from './comment-reads.ts';

/** A comment as a write needs it. */
export interface TakenComment extends CommentRow {
  readonly deletedById: string | null;
}

const byId = statement<TakenComment>(
  'comment.take',
  (d) =>
    `SELECT ${COMMENT_COLUMNS}, t.deleted_by_id AS "deletedById" FROM comment t WHERE t.id = ? ${d.forUpdate}`,
);

/**
 * Reads a comment, deleted or not, and takes it: nobody else changes it or votes on it until the transaction ends.
 * Whoever also takes its discussion takes that first. Null: there is none.
 */
export async function takeComment(tx: Transaction, id: string): Promise<TakenComment | null> {
  const [row] = await tx.all(byId, [id]);
  return row ?? null;
}

const discussionOf = statement<{ discussionId: string }>(
  'comment.discussionOf',
  'SELECT discussion_id AS "discussionId" FROM comment WHERE id = ?',
);

/** The discussion that a comment stands in, for ever; null: there is no such comment. */
export async function discussionIdOf(tx: Transaction, commentId: string): Promise<string | null> {
  const [row] = await tx.all(discussionOf, [commentId]);
  return row?.discussionId ?? null;
}
