import type { Context } from '../../access/context.ts';
import { type Columns, selecting, shown } from '../../graphql/columns.ts';
import { globalId, unknownId } from '../../graphql/global-id.ts';
import { statement, type Transaction } from '../../store/index.ts';
import { type LockedDiscussion, lockAnyDiscussionForUpdate } from '../discussion/index.ts';
import { COMMENT_COLUMNS, type CommentRow, TEXTS_ONLY_FOR } from './comment-reads.ts';

/** A comment that belongs to a transaction until its end. */
export type LockedComment = CommentRow;

const byId = statement<LockedComment>(
  'comment.take',
  (d) => `SELECT ${COMMENT_COLUMNS} FROM comment t WHERE t.id = ? ${d.forUpdate}`,
);

/**
 * Reads a comment, deleted or not, and takes it: nobody else changes it or votes on it until the transaction ends.
 * Whoever also takes its discussion takes that first. Null: there is none.
 */
export async function lockCommentForUpdate(tx: Transaction, id: string): Promise<LockedComment | null> {
  const [row] = await tx.all(byId, [id]);
  return row ?? null;
}

const parentById = statement<LockedParent>(
  'comment.takeParent',
  (d) => `SELECT t.id, t.discussion_id AS "discussionId", t.depth, t.deleted_at AS "deletedAt",
    t.reply_count AS "replyCount" FROM comment t WHERE t.id = ? ${d.forUpdate}`,
);

/** What a reply needs to know of the comment that it is to. */
export type LockedParent = Pick<CommentRow, 'id' | 'discussionId' | 'depth' | 'deletedAt' | 'replyCount'>;

/** The same for a comment that is to be replied to, without its texts. */
export async function lockParentForUpdate(tx: Transaction, id: string): Promise<LockedParent | null> {
  const [row] = await tx.all(parentById, [id]);
  return row ?? null;
}

/** A comment, and whether its discussion is locked, as it was when the comment was taken. */
export type VotableComment = CommentRow & { readonly discussionLockedAt: number | null };

/** A vote has nothing to do with the texts. */
const votable: Columns = {
  name: 'comment.takeVotable',
  columns: `${COMMENT_COLUMNS}, d.locked_at AS "discussionLockedAt"`,
  onlyFor: TEXTS_ONLY_FOR,
};

const votableById = selecting<VotableComment>(
  (columns, d) => `SELECT ${columns} FROM comment t JOIN discussion d ON d.id = t.discussion_id
    WHERE t.id = ? AND d.deleted_at IS NULL ${d.forUpdate && `${d.forUpdate} OF t`}`,
);

/**
 * The same for a comment that is to be voted on; null also where its place or its discussion cannot be seen. Its
 * discussion is not taken, so that votes on many comments do not wait for one another.
 */
export async function lockVotableForUpdate(
  ctx: Context,
  tx: Transaction,
  id: string,
): Promise<VotableComment | null> {
  const [row] = await tx.all(votableById(shown(ctx, votable)), [id]);
  return row && isListed(row) ? row : null;
}

/** Whether a comment has a place in its thread: itself, or the veiled one that replies keep for it. */
export function isListed({
  deletedAt,
  replyCount,
}: Pick<LockedComment, 'deletedAt' | 'replyCount'>): boolean {
  return deletedAt === null || replyCount > 0;
}

const discussionOf = statement<{ discussionId: string }>(
  'comment.discussionOf',
  'SELECT discussion_id AS "discussionId" FROM comment WHERE id = ?',
);

/** The discussion that a comment stands in, for ever; null: there is no such comment. */
async function discussionIdOf(tx: Transaction, commentId: string): Promise<string | null> {
  const [row] = await tx.all(discussionOf, [commentId]);
  return row?.discussionId ?? null;
}

/** A comment and its discussion, both taken, and whether the comment has a place in its thread that can be seen. */
export interface LockedCommentAndDiscussion {
  readonly discussion: LockedDiscussion;
  readonly comment: LockedComment;
  readonly isListed: boolean;
}

/**
 * Takes a comment's discussion and then the comment, which may be deleted and gone. Throws NOT_FOUND with the input's
 * field where there is none, or its discussion is deleted.
 */
export async function lockAnyCommentWithDiscussion(
  tx: Transaction,
  commentId: string,
  field: string,
): Promise<LockedCommentAndDiscussion> {
  const discussionId = await discussionIdOf(tx, commentId);
  const discussion = discussionId && (await lockAnyDiscussionForUpdate(tx, discussionId));
  const comment = discussion && discussion.deletedAt === null && (await lockCommentForUpdate(tx, commentId));
  if (!discussion || !comment) throw unknownId(globalId('Comment', commentId), field);
  return { discussion, comment, isListed: isListed(comment) };
}

/** The same for a comment that is there to see: itself, or the veiled place that replies keep for it. */
export async function lockCommentWithDiscussion(
  tx: Transaction,
  commentId: string,
  field: string,
): Promise<LockedCommentAndDiscussion> {
  const place = await lockAnyCommentWithDiscussion(tx, commentId, field);
  if (!place.isListed) throw unknownId(globalId('Comment', commentId), field);
  return place;
}
