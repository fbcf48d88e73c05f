// Counters of discussions and comments after comments have moved. The results are those of countThread.
import { statement, type Transaction, updateRows } from '../../store/index.ts';
import { type LockedDiscussion, recordCounters } from '../discussion/index.ts';
import type { LockedComment } from './comment-for-update.ts';
import { ancestorsOf, newestIn } from './record-comment.ts';

interface Counted {
  readonly commentCount: number;
  readonly topLevelCommentCount: number;
}

const counts = statement<Counted>(
  'comment.countsOf',
  `SELECT count(CASE WHEN t.deleted_at IS NULL THEN 1 END) AS "commentCount",
      count(CASE WHEN t.reply_to_id IS NULL AND (t.deleted_at IS NULL OR t.reply_count > 0) THEN 1 END)
        AS "topLevelCommentCount"
    FROM comment t WHERE t.discussion_id = ?`,
);

/** Counts the comments of a discussion. Reads all of them. */
export async function countComments(tx: Transaction, discussionId: string): Promise<Counted> {
  const [counted] = await tx.all(counts, [discussionId]);
  return counted ?? { commentCount: 0, topLevelCommentCount: 0 };
}

const votesOf = statement<{ up: number; down: number }>(
  'comment.votesOfDiscussion',
  `SELECT count(CASE WHEN v.value = 1 THEN 1 END) AS "up", count(CASE WHEN v.value = -1 THEN 1 END) AS "down"
    FROM discussion_vote v WHERE v.discussion_id = ?`,
);

/** Writes all counters of a discussion whose comments were counted. Its row is locked. */
export async function recordMovedComments(
  tx: Transaction,
  discussion: LockedDiscussion,
  counted: Counted,
  importedNetVotes = discussion.importedNetVotes,
): Promise<void> {
  const [cast = { up: 0, down: 0 }] = await tx.all(votesOf, [discussion.id]);
  const lastComment = await newestIn(tx, discussion.id);
  await recordCounters(tx, discussion, { ...counted, ...cast, importedNetVotes, lastComment });
}

/**
 * Counts a comment that is about to leave with all replies to it in the comments above it. Returns what its discussion
 * loses. The comment is listed.
 */
export async function countOutTree(tx: Transaction, comment: LockedComment): Promise<Counted> {
  const leaving = comment.replyCount + (comment.deletedAt === null ? 1 : 0);
  const ancestors = comment.replyToId === null ? [] : await tx.all(ancestorsOf, [comment.id]);
  let isDelisted = true;
  for (const { id, deletedAt, ...counted } of ancestors) {
    const replyCount = counted.replyCount - leaving;
    const directReplyCount = counted.directReplyCount - (isDelisted ? 1 : 0);
    await updateRows(tx, 'comment', { id }, { replyCount, directReplyCount });
    // a deleted comment leaves its list with the last reply below it
    isDelisted &&= deletedAt !== null && replyCount === 0;
  }
  return { commentCount: leaving, topLevelCommentCount: isDelisted ? 1 : 0 };
}
