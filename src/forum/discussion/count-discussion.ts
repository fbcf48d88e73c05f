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
