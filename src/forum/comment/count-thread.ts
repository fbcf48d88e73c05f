import { controversyScore, type VoteCounts, votes, wilsonLowerBound } from '../ranking.ts';

/** What the counters of a comment are counted from. Times are milliseconds. */
export interface CountedComment {
  readonly id: string;
  readonly replyToId: string | null;
  readonly createdAt: number;
  readonly isDeleted: boolean;
  readonly importedNetVotes: number;
  /** Votes cast here. */
  readonly up: number;
  readonly down: number;
}

/** The counters that stand on a comment; prisma/models/comment.prisma says what they mean. */
export interface CommentCounters extends VoteCounts {
  readonly replyCount: number;
  readonly directReplyCount: number;
  readonly bestScore: number;
  readonly controversyScore: number;
}

/** What a discussion's counters take from its comments. */
export interface ThreadCounters {
  readonly commentCount: number;
  readonly topLevelCommentCount: number;
  /** The newest undeleted comment; of two of one time the one with the greater id. Null: there is none. */
  readonly lastComment: { readonly id: string; readonly createdAt: number } | null;
}

/** The counters of a comment's votes alone. */
export function countVotes(comment: Pick<CountedComment, 'importedNetVotes' | 'up' | 'down'>) {
  const counts = votes(comment.importedNetVotes, comment.up, comment.down);
  return {
    ...counts,
    bestScore: wilsonLowerBound(counts.upvoteCount, counts.downvoteCount),
    controversyScore: controversyScore(counts.upvoteCount, counts.downvoteCount),
  };
}

/**
 * Counts one discussion's comments, in time that grows with their number alone. Pure: importer and doctor use it, so
 * that what one writes is what the other expects. `counters` is in the order of `comments`.
 */
export function countThread(comments: readonly CountedComment[]): {
  readonly thread: ThreadCounters;
  readonly counters: readonly CommentCounters[];
} {
  const replies = countReplies(comments);
  let topLevelCommentCount = 0;
  let commentCount = 0;
  let lastComment: CountedComment | null = null;
  for (const [i, comment] of comments.entries()) {
    const isListed = !comment.isDeleted || (replies[i]?.replyCount ?? 0) > 0;
    if (comment.replyToId === null && isListed) topLevelCommentCount++;
    if (comment.isDeleted) continue;
    commentCount++;
    if (!lastComment || isLater(comment, lastComment)) lastComment = comment;
  }
  return {
    thread: { commentCount, topLevelCommentCount, lastComment },
    counters: comments.map((comment, i) => ({
      ...countVotes(comment),
      ...(replies[i] ?? { replyCount: 0, directReplyCount: 0 }),
    })),
  };
}

function isLater(one: CountedComment, other: CountedComment): boolean {
  return one.createdAt > other.createdAt || (one.createdAt === other.createdAt && one.id > other.id);
}

/** From the leaves upwards: a comment is added to its parent once all of its own replies are added to it. */
function countReplies(comments: readonly CountedComment[]) {
  const indexOf = new Map(comments.map((comment, i) => [comment.id, i]));
  const parents = comments.map(({ replyToId }) => (replyToId === null ? undefined : indexOf.get(replyToId)));
  const counts = comments.map(() => ({ replyCount: 0, directReplyCount: 0, uncounted: 0 }));
  for (const parent of parents)
    if (parent !== undefined) (counts[parent] as { uncounted: number }).uncounted++;
  const ready = counts.flatMap((count, i) => (count.uncounted === 0 ? [i] : []));
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    const parent = parents[next];
    const own = counts[next];
    const above = parent === undefined ? undefined : counts[parent];
    if (parent === undefined || !own || !above) continue;
    const isDeleted = comments[next]?.isDeleted ?? false;
    above.replyCount += own.replyCount + (isDeleted ? 0 : 1);
    above.directReplyCount += isDeleted && own.replyCount === 0 ? 0 : 1;
    above.uncounted--;
    if (above.uncounted === 0) ready.push(parent);
  }
  return counts.map(({ replyCount, directReplyCount }) => ({ replyCount, directReplyCount }));
}
