import { globalId, unknownId } from '../../graphql/global-id.ts';
import type { Texts } from '../../graphql/selected-columns.ts';
import { type Statement, selectList, statement, type Transaction } from '../../store/index.ts';
import { type LockedDiscussion, lockAnyDiscussionForUpdate } from '../discussion/index.ts';
import { type CommentRow, inThread } from './comment-reads.ts';

/** A comment that belongs to a transaction until its end, without its texts, and what stands in its discussion's row. */
export interface LockedComment extends Omit<CommentRow, keyof Texts> {
  readonly discussionLockedAt: number | null;
  readonly discussionDeletedAt: number | null;
}

/** The same with its text, for an edit. */
export type EditedComment = LockedComment & { readonly body: string };

const TEXTS: readonly string[] = ['body', 'bodyHtml', 'bodyText'];
const COLUMNS = inThread.columns.filter((column) => !TEXTS.includes(column));

const lock = <Row>(name: string, columns: readonly string[]) =>
  statement<Row>(
    name,
    (d) => `SELECT ${selectList({ columns }, 't')}, d.locked_at AS "discussionLockedAt",
      d.deleted_at AS "discussionDeletedAt" FROM comment t JOIN discussion d ON d.id = t.discussion_id
      WHERE t.id = ? ${d.forUpdate && `${d.forUpdate} OF t`}`,
  );
const byId = lock<LockedComment>('comment.lock', COLUMNS);
const byIdForEdit = lock<EditedComment>('comment.lockForEdit', [...COLUMNS, 'body']);

/**
 * Reads a comment, deleted or not, and locks it: nobody else changes it or votes on it until the transaction ends. Its
 * discussion is not locked, so that votes on many comments do not wait for one another; whoever also locks that locks
 * it first. Null: there is none.
 */
export async function lockCommentForUpdate(tx: Transaction, id: string): Promise<LockedComment | null> {
  const [row] = await tx.all(byId, [id]);
  return row ?? null;
}

/** Whether a comment has a place in its thread: itself, or the veiled one that replies keep for it. */
export function isListed({
  deletedAt,
  replyCount,
}: Pick<LockedComment, 'deletedAt' | 'replyCount'>): boolean {
  return deletedAt === null || replyCount > 0;
}

/** A comment and its discussion, both locked. */
export interface LockedThread<Comment extends LockedComment = LockedComment> {
  readonly discussion: LockedDiscussion;
  readonly comment: Comment;
}

/**
 * Locks a comment's discussion and then the comment, which may be deleted and gone. Throws NOT_FOUND with the input's
 * field where there is none, or its discussion is deleted.
 */
export function lockAnyCommentWithDiscussion(
  tx: Transaction,
  id: string,
  field: string,
): Promise<LockedThread> {
  return lockThread(tx, byId, id, field);
}

/** The same for a comment that is there to see: itself, or the veiled place that replies keep for it. */
export async function lockCommentWithDiscussion(
  tx: Transaction,
  id: string,
  field: string,
): Promise<LockedThread> {
  return listed(await lockThread(tx, byId, id, field), field);
}

/** The same with the comment's text. */
export async function lockCommentForEdit(
  tx: Transaction,
  id: string,
  field: string,
): Promise<LockedThread<EditedComment>> {
  return listed(await lockThread(tx, byIdForEdit, id, field), field);
}

const discussionOf = statement<{ discussionId: string }>(
  'comment.discussionOf',
  'SELECT discussion_id AS "discussionId" FROM comment WHERE id = ?',
);

async function lockThread<Comment extends LockedComment>(
  tx: Transaction,
  read: Statement<Comment>,
  id: string,
  field: string,
): Promise<LockedThread<Comment>> {
  // a comment stands in the same discussion for ever
  const [place] = await tx.all(discussionOf, [id]);
  const discussion = place && (await lockAnyDiscussionForUpdate(tx, place.discussionId));
  if (!discussion || discussion.deletedAt !== null) throw unknownId(globalId('Comment', id), field);
  const [comment] = await tx.all(read, [id]);
  if (!comment) throw unknownId(globalId('Comment', id), field);
  return { discussion, comment };
}

function listed<Thread extends LockedThread>(thread: Thread, field: string): Thread {
  if (!isListed(thread.comment)) throw unknownId(globalId('Comment', thread.comment.id), field);
  return thread;
}
