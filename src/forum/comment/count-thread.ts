import { controversyScore, type VoteCounts, votes, wilsonLowerBound } from '../ranking.ts';
import { treePaths } from './tree-path.ts';

/** What a comment's counters are counted from. Times are in milliseconds. */
export interface CountedComment {
  readonly id: string;
  readonly replyToId: string | null;
  readonly createdAt: number;
  readonly isDeleted: boolean;
  readonly importedNetVotes: number;
  /** Votes cast in this forum. */
  readonly up: number;
  readonly down: number;
}

/** A comment's counters and its place in the tree, which prisma/models/comment.prisma explains. */
export interface CommentCounters extends VoteCounts {
  readonly replyCount: number;
  readonly directReplyCount: number;
  readonly bestScore: number;
  readonly controversyScore: number;
  readonly treePath: string;
}

/** A discussion's counters of its comments. */
export interface ThreadCounters {
  readonly commentCount: number;
  readonly topLevelCommentCount: number;
  /** The newest undeleted comment, by time and then by id. Null if there is none. */
  readonly lastComment: { readonly id: string; readonly createdAt: number } | null;
}

/** The counters of a comment's votes. */
function countVotes(comment: Pick<CountedComment, 'importedNetVotes' | 'up' | 'down'>) {
  const counts = votes(comment.importedNetVotes, comment.up, comment.down);
  return {
    ...counts,
    bestScore: wilsonLowerBound(counts.upvoteCount, counts.downvoteCount),
    controversyScore: controversyScore(counts.upvoteCount, counts.downvoteCount),
  };
}

/**
 * Counts one discussion's comments in linear time. Pure. The importer and the doctor share it, so that they agree.
 * `counters` is in the order of `comments`.
 */
export function countThread(comments: readonly CountedComment[]): {
  readonly thread: ThreadCounters;
  readonly counters: readonly CommentCounters[];
} {
  const replies = countReplies(comments);
  const paths = treePaths(comments);
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
      treePath: paths[i] ?? '',
    })),
  };
}

function isLater(one: CountedComment, other: CountedComment): boolean {
  return one.createdAt > other.createdAt || (one.createdAt === other.createdAt && one.id > other.id);
}

/** Works from the leaves to the root: a comment is added to its parent after all of its replies were added to it. */
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
    const parentCounts = parent === undefined ? undefined : counts[parent];
    if (parent === undefined || !own || !parentCounts) continue;
    const isDeleted = comments[next]?.isDeleted ?? false;
    parentCounts.replyCount += own.replyCount + (isDeleted ? 0 : 1);
    parentCounts.directReplyCount += isDeleted && own.replyCount === 0 ? 0 : 1;
    parentCounts.uncounted--;
    if (parentCounts.uncounted === 0) ready.push(parent);
  }
  return counts.map(({ replyCount, directReplyCount }) => ({ replyCount, directReplyCount }));
}
