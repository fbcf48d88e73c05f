import { enforce } from '../../access/verdict.ts';
import type { Viewer } from '../../access/viewer.ts';
import { globalId, unknownId } from '../../graphql/global-id.ts';
import type { Texts } from '../../graphql/selected-columns.ts';
import { type Statement, selectList, statement, type Transaction } from '../../store/index.ts';
import { lockRepresentation } from '../author/index.ts';
import { type LockedDiscussion, lockAnyDiscussionForUpdate } from '../discussion/index.ts';
import type { CommentRow } from './comment-reads.ts';
import { mayBeOfficial } from './comment-rules.ts';
import { treeSource } from './tree-reads.ts';

/** A comment whose row is locked, without its texts, with columns of its discussion. */
export interface LockedComment extends Omit<CommentRow, keyof Texts> {
  readonly discussionLockedAt: number | null;
  readonly discussionDeletedAt: number | null;
  readonly treePath: string;
}

/** The same with its text, for an edit. */
export type EditedComment = LockedComment & { readonly body: string; readonly bodyText: string };

const TEXTS: readonly string[] = ['body', 'bodyHtml', 'bodyText'];
const COLUMNS = treeSource.columns.filter((column) => !TEXTS.includes(column));

const lock = <Row>(name: string, columns: readonly string[]) =>
  statement<Row>(
    name,
    (d) => `SELECT ${selectList({ columns }, 't')}, d.locked_at AS "discussionLockedAt",
      d.deleted_at AS "discussionDeletedAt" FROM comment t JOIN discussion d ON d.id = t.discussion_id
      WHERE t.id = ? ${d.forUpdate && `${d.forUpdate} OF t`}`,
  );
const byId = lock<LockedComment>('comment.lock', COLUMNS);
const byIdForEdit = lock<EditedComment>('comment.lockForEdit', [...COLUMNS, 'body', 'bodyText']);

/**
 * Reads a comment, deleted or not, and locks its row until the transaction ends. The discussion's row is not locked, so
 * that votes on different comments do not wait for each other; who locks both locks the discussion's first. Null if
 * there is none.
 */
export async function lockCommentForUpdate(tx: Transaction, id: string): Promise<LockedComment | null> {
  const [row] = await tx.all(byId, [id]);
  if (row) return row;
  // while it waited, the comment may have moved to another discussion, whose row the statement did not see
  const [moved] = await tx.all(byId, [id]);
  return moved ?? null;
}

/** Whether a comment is in its thread: undeleted, or a tombstone that has replies. */
export function isListed({
  deletedAt,
  replyCount,
}: Pick<LockedComment, 'deletedAt' | 'replyCount'>): boolean {
  return deletedAt === null || replyCount > 0;
}

/** Where the inputs of edits and deletions name the comment. */
const FIELD = 'input.commentId';

/** A comment and its discussion, both locked. */
interface LockedThread<Comment extends LockedComment = LockedComment> {
  readonly discussion: LockedDiscussion;
  readonly comment: Comment;
}

/**
 * Locks a comment's discussion and then the comment, which may be deleted. Throws NOT_FOUND if there is none, or its
 * discussion is deleted.
 */
export function lockAnyCommentWithDiscussion(tx: Transaction, id: string): Promise<LockedThread> {
  return lockThread(tx, byId, id, FIELD);
}

/** The same for a comment that is in its thread. */
export async function lockCommentWithDiscussion(
  tx: Transaction,
  id: string,
  field: string,
): Promise<LockedThread> {
  return requireListed(await lockThread(tx, byId, id, field), field);
}

/** The same with the comment's text. */
export async function lockCommentForEdit(tx: Transaction, id: string): Promise<LockedThread<EditedComment>> {
  return requireListed(await lockThread(tx, byIdForEdit, id, FIELD), FIELD);
}

const discussionOf = statement<{ discussionId: string }>(
  'comment.discussionOf',
  'SELECT discussion_id AS "discussionId" FROM comment WHERE id = ?',
);

/** The row id of a comment's discussion. Null if there is no such comment. */
export async function discussionIdOf(tx: Transaction, commentId: string): Promise<string | null> {
  const [place] = await tx.all(discussionOf, [commentId]);
  return place?.discussionId ?? null;
}

async function lockThread<Comment extends LockedComment>(
  tx: Transaction,
  read: Statement<Comment>,
  id: string,
  field: string,
): Promise<LockedThread<Comment>> {
  const discussionId = await discussionIdOf(tx, id);
  const discussion = discussionId === null ? null : await lockAnyDiscussionForUpdate(tx, discussionId);
  if (!discussion) throw unknownId(globalId('Comment', id), field);
  const [comment] = await tx.all(read, [id]);
  // it has moved before the discussion was locked; after that it cannot
  if (comment && comment.discussionId !== discussion.id) return lockThread(tx, read, id, field);
  if (!comment || discussion.deletedAt !== null) throw unknownId(globalId('Comment', id), field);
  return { discussion, comment };
}

function requireListed<Thread extends LockedThread>(thread: Thread, field: string): Thread {
  if (!isListed(thread.comment)) throw unknownId(globalId('Comment', thread.comment.id), field);
  return thread;
}

/**
 * Locks what makes the viewer a vendor of the discussion's product, until an official comment is written. Throws
 * FORBIDDEN if that has ended since the viewer was authenticated.
 */
export async function lockVendor(
  tx: Transaction,
  viewer: Viewer,
  { productId }: Pick<LockedDiscussion, 'productId'>,
): Promise<void> {
  if (await lockRepresentation(tx, viewer.id, productId)) return;
  enforce(mayBeOfficial({ ...viewer, speaksFor: new Set() }, { productId }), 'input.isOfficial');
}
