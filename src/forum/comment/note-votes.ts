import { differing, type Transaction, updateRows } from '../../store/index.ts';
import { controversyScore, wilsonLowerBound } from '../ranking.ts';
import type { LockedComment } from './take-comment.ts';

/** Counts a vote that has come to a taken comment or gone from it: -1, 0 or 1 on each side. Answers its row as it is then. */
export async function recordCommentVotes(
  tx: Transaction,
  comment: LockedComment,
  by: { readonly up: number; readonly down: number },
): Promise<LockedComment> {
  const upvoteCount = comment.upvoteCount + by.up;
  const downvoteCount = comment.downvoteCount + by.down;
  const counted = {
    upvoteCount,
    downvoteCount,
    netUpvotes: comment.netUpvotes + by.up - by.down,
    bestScore: wilsonLowerBound(upvoteCount, downvoteCount),
    controversyScore: controversyScore(upvoteCount, downvoteCount),
  };
  await updateRows(tx, 'comment', { id: comment.id }, differing(comment, counted));
  return { ...comment, ...counted };
}
