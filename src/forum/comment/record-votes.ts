import type { Context } from '../../access/context.ts';
import { selectedFor } from '../../graphql/selected-columns.ts';
import { differing, type Transaction, updateReturning } from '../../store/index.ts';
import { controversyScore, wilsonLowerBound } from '../ranking.ts';
import type { LockedComment } from './comment-for-update.ts';
import { type CommentRow, commentSource } from './comment-reads.ts';

/** Changes a comment's vote counts by -1, 0 or 1 on each side. Returns its new row. The row is locked. */
export function recordCommentVotes(
  ctx: Pick<Context, 'loaders'>,
  tx: Transaction,
  comment: LockedComment,
  by: { readonly up: number; readonly down: number },
): Promise<CommentRow> {
  const upvoteCount = comment.upvoteCount + by.up;
  const downvoteCount = comment.downvoteCount + by.down;
  const counted = {
    upvoteCount,
    downvoteCount,
    netUpvotes: comment.netUpvotes + by.up - by.down,
    bestScore: wilsonLowerBound(upvoteCount, downvoteCount),
    controversyScore: controversyScore(upvoteCount, downvoteCount),
  };
  const changed = differing(comment, counted);
  return updateReturning(tx, 'comment', { id: comment.id }, changed, selectedFor(ctx, commentSource));
}
