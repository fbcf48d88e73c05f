import { engineOf, type Tx } from '../../store/index.ts';
import { lockDiscussionForRecount, writeDiscussionCounters } from '../discussion/index.ts';
import {
  compareCounters,
  type Difference,
  type StoredCommentCounters,
  type StoredDiscussionCounters,
} from './compare-counters.ts';

/**
 * Recounts every counter of a discussion and of its comments, and updates those that differ. Returns the differences.
 * Runs at most seven statements, and one for each row that differs.
 */
export async function recountDiscussion(tx: Tx, discussionId: string): Promise<readonly Difference[]> {
  const rows = await readRows(tx, discussionId);
  if (!rows) return [];
  const { differences, discussion, comments } = compareCounters(rows.discussion, rows.comments);
  const differing = new Set(differences.map(({ id }) => id));
  for (const [i, { id }] of rows.comments.entries()) {
    if (differing.has(id)) await tx.comment.update({ where: { id }, data: { ...comments[i] } });
  }
  if (differing.has(discussionId)) await writeDiscussionCounters(tx, discussionId, discussion);
  return differences;
}

/** The differences that `recountDiscussion` would find. Writes nothing. */
export async function findMiscounts(tx: Tx, discussionId: string): Promise<readonly Difference[]> {
  const rows = await readRows(tx, discussionId);
  return rows ? compareCounters(rows.discussion, rows.comments).differences : [];
}

async function readRows(tx: Tx, discussionId: string) {
  await lockDiscussionForRecount(tx, discussionId);
  await lockCommentsForRecount(tx, discussionId);
  const row = await tx.discussion.findUnique({ where: { id: discussionId } });
  if (!row) return null;
  const by = ['value'] as const;
  const discussionVotes = await tx.discussionVote.groupBy({
    by: [...by],
    where: { discussionId },
    _count: true,
  });
  const commentRows = await tx.comment.findMany({ where: { discussionId }, omit: LONG_COLUMNS });
  const commentVotes = await tx.commentVote.groupBy({
    by: [...by, 'commentId'],
    where: { comment: { discussionId } },
    _count: true,
  });
  const cast = new Map(commentVotes.map((vote) => [`${vote.commentId} ${vote.value}`, vote._count]));
  const countOf = (value: number) => discussionVotes.find((vote) => vote.value === value)?._count ?? 0;
  const discussion: StoredDiscussionCounters = {
    ...row,
    ...{ createdAt: row.createdAt.getTime(), lastActivityAt: row.lastActivityAt.getTime() },
    ...{ up: countOf(1), down: countOf(-1) },
  };
  const comments: StoredCommentCounters[] = commentRows.map((comment) => ({
    ...comment,
    ...{ createdAt: comment.createdAt.getTime(), isDeleted: comment.deletedAt !== null },
    ...{ up: cast.get(`${comment.id} 1`) ?? 0, down: cast.get(`${comment.id} -1`) ?? 0 },
  }));
  return { discussion, comments };
}

/**
 * Locks the rows of a discussion's comments. A vote locks only its comment's row, so a vote that has not committed yet
 * would be missed. SQLite locks the whole file.
 */
async function lockCommentsForRecount(tx: Tx, discussionId: string): Promise<void> {
  if (engineOf(tx) !== 'postgres') return;
  await tx.$queryRaw`SELECT id FROM comment WHERE discussion_id = ${discussionId} ORDER BY id FOR NO KEY UPDATE`;
}

const LONG_COLUMNS = { body: true, bodyHtml: true, bodyText: true, importedMetadata: true } as const;
