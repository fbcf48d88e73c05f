import { engineOf, type Tx } from '../../store/index.ts';
import { lockDiscussionForRecount, writeDiscussionCounters } from '../discussion/index.ts';
import type { Difference } from './compare-counters.ts';
import {
  compareCounters,
  type StoredCommentCounters,
  type StoredDiscussionCounters,
} from './compare-counters.ts';

/**
 * Counts every stored counter of a discussion and of its comments again, from the rows, and writes those that differ.
 * Answers what differed. Seven statements at most, and one for each row that differs.
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

/** What `recountDiscussion` would answer, without writing. */
export async function findMiscounts(tx: Tx, discussionId: string): Promise<readonly Difference[]> {
  const rows = await readRows(tx, discussionId);
  return rows ? compareCounters(rows.discussion, rows.comments).differences : [];
}

async function readRows(tx: Tx, discussionId: string) {
  await lockDiscussionForRecount(tx, discussionId);
  await holdComments(tx, discussionId);
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
  const castHere = (value: number) => discussionVotes.find((vote) => vote.value === value)?._count ?? 0;
  const discussion: StoredDiscussionCounters = {
    ...row,
    ...{ createdAt: row.createdAt.getTime(), lastActivityAt: row.lastActivityAt.getTime() },
    ...{ up: castHere(1), down: castHere(-1) },
  };
  const comments: StoredCommentCounters[] = commentRows.map((comment) => ({
    ...comment,
    ...{ createdAt: comment.createdAt.getTime(), isDeleted: comment.deletedAt !== null },
    ...{ up: cast.get(`${comment.id} 1`) ?? 0, down: cast.get(`${comment.id} -1`) ?? 0 },
  }));
  return { discussion, comments };
}

/**
 * Takes the row locks of a discussion's comments: a vote holds its comment's alone, and one that is under way would
 * otherwise be counted by nobody. SQLite's transactions have the whole file to themselves.
 */
async function holdComments(tx: Tx, discussionId: string): Promise<void> {
  if (engineOf(tx) !== 'postgres') return;
  await tx.$queryRaw`SELECT id FROM comment WHERE discussion_id = ${discussionId} ORDER BY id FOR NO KEY UPDATE`;
}

const LONG_COLUMNS = { body: true, bodyHtml: true, bodyText: true, importedMetadata: true } as const;
