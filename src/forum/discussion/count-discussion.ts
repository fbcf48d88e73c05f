import { preparedIn, type Transaction, type Tx, updateRows } from '../../store/index.ts';
import { controversyScore, hotScore, type VoteCounts, votes } from '../ranking.ts';
import { discussionWritten } from './discussion-text.ts';

/** What a discussion's counters are counted from. Times are in milliseconds. */
export interface CountedDiscussion {
  readonly createdAt: number;
  readonly importedNetVotes: number;
  /** Votes cast in this forum. */
  readonly up: number;
  readonly down: number;
  readonly commentCount: number;
  readonly topLevelCommentCount: number;
  /** The newest undeleted comment. Null if there is none. */
  readonly lastComment: { readonly id: string; readonly createdAt: number } | null;
}

/** A discussion's counters, which prisma/models/discussion.prisma explains. */
export interface DiscussionCounters extends VoteCounts {
  readonly commentCount: number;
  readonly topLevelCommentCount: number;
  readonly lastCommentId: string | null;
  readonly lastActivityAt: number;
  readonly hotScore: number;
  readonly controversyScore: number;
}

/** Counts a discussion from its votes and from what `countThread` of the comment module counted. Pure. */
export function countDiscussion(discussion: CountedDiscussion): DiscussionCounters {
  const { createdAt, importedNetVotes, up, down, commentCount, topLevelCommentCount, lastComment } =
    discussion;
  const counts = votes(importedNetVotes, up, down);
  return {
    ...counts,
    commentCount,
    topLevelCommentCount,
    lastCommentId: lastComment?.id ?? null,
    lastActivityAt: Math.max(createdAt, lastComment?.createdAt ?? createdAt),
    hotScore: hotScore(counts.netUpvotes, commentCount, createdAt),
    controversyScore: controversyScore(counts.upvoteCount, counts.downvoteCount),
  };
}

/**
 * Locks the discussion's row until the transaction ends. A transaction that counts comments from their rows calls this
 * first; on PostgreSQL, two of them would otherwise overwrite each other's counters. It is an update that changes
 * nothing, because SQLite has no SELECT … FOR UPDATE.
 */
export async function lockDiscussionForRecount(tx: Tx, id: string): Promise<void> {
  await tx.discussion.updateMany({ where: { id }, data: { importedNetVotes: { increment: 0 } } });
}

/** Gives a discussion another time, marked as approximate. Its counters depend on the time: recount them. */
export async function dateDiscussion(tx: Tx, id: string, createdAt: Date): Promise<void> {
  const data = { createdAt, createdAtIsApproximate: true };
  const text = await tx.discussion.update({ where: { id }, data });
  const written = { id, authorId: text.authorId, createdAt: createdAt.getTime(), before: text, after: text };
  await discussionWritten.emit(preparedIn(tx), written);
}

/** Writes a discussion's counters. */
export async function writeDiscussionCounters(
  tx: Tx,
  id: string,
  counters: DiscussionCounters,
): Promise<void> {
  const data = { ...counters, lastActivityAt: new Date(counters.lastActivityAt) };
  await tx.discussion.update({ where: { id }, data });
}

/** Writes the counters of a discussion that have changed, in a transaction of prepared statements. */
export async function writeChangedCounters(
  tx: Transaction,
  id: string,
  { lastActivityAt, ...others }: Partial<DiscussionCounters>,
): Promise<void> {
  const activity = lastActivityAt === undefined ? {} : { lastActivityAt: new Date(lastActivityAt) };
  await updateRows(tx, 'discussion', { id }, { ...others, ...activity });
}
