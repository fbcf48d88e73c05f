import type { Tx } from '../../store/index.ts';
import { controversyScore, hotScore, type VoteCounts, votes } from '../ranking.ts';

/** What the counters of a discussion are counted from. Times are milliseconds. */
export interface CountedDiscussion {
  readonly createdAt: number;
  readonly importedNetVotes: number;
  /** Votes cast here. */
  readonly up: number;
  readonly down: number;
  readonly commentCount: number;
  readonly topLevelCommentCount: number;
  /** The newest undeleted comment; null: there is none. */
  readonly lastComment: { readonly id: string; readonly createdAt: number } | null;
}

/** The counters that stand on a discussion; prisma/models/discussion.prisma says what they mean. */
export interface DiscussionCounters extends VoteCounts {
  readonly commentCount: number;
  readonly topLevelCommentCount: number;
  readonly lastCommentId: string | null;
  readonly lastActivityAt: number;
  readonly hotScore: number;
  readonly controversyScore: number;
}

/** Counts a discussion, given what `countThread` of the comment room found below it. Pure. */
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
 * Takes the discussion's row lock until the transaction ends. Every write that counts a discussion's comments from
 * their rows, or changes several of its counters, calls this first: PostgreSQL would otherwise let two of them
 * overwrite each other's figures. An update that changes nothing, because SQLite has no SELECT … FOR UPDATE.
 */
export async function lockDiscussionForRecount(tx: Tx, id: string): Promise<void> {
  await tx.discussion.updateMany({ where: { id }, data: { importedNetVotes: { increment: 0 } } });
}

/** Writes a discussion's counters as they were counted. */
export async function writeDiscussionCounters(
  tx: Tx,
  id: string,
  counters: DiscussionCounters,
): Promise<void> {
  const data = { ...counters, lastActivityAt: new Date(counters.lastActivityAt) };
  await tx.discussion.update({ where: { id }, data });
}
