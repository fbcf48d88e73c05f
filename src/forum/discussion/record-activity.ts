import type { Context } from '../../access/context.ts';
import { selectedFor } from '../../graphql/selected-columns.ts';
import { differing, type Transaction, updateReturning } from '../../store/index.ts';
import { controversyScore, hotScore } from '../ranking.ts';
import type { LockedDiscussion } from './discussion-for-update.ts';
import { type DiscussionRow, discussionSource } from './discussion-reads.ts';

/** What the comment module counts in a discussion. */
export interface Activity {
  readonly commentCount: number;
  readonly topLevelCommentCount: number;
  /** The newest undeleted comment; null: there is none. */
  readonly lastComment: { readonly id: string; readonly createdAt: number } | null;
}

/** Writes what has become of a locked discussion's comments, and the figures that follow from it. Answers the new row. */
export function recordActivity(
  ctx: Pick<Context, 'loaders'>,
  tx: Transaction,
  discussion: LockedDiscussion,
  { commentCount, topLevelCommentCount, lastComment }: Activity,
): Promise<DiscussionRow> {
  const { id, createdAt, netUpvotes } = discussion;
  const counted = {
    commentCount,
    topLevelCommentCount,
    lastCommentId: lastComment?.id ?? null,
    hotScore: hotScore(netUpvotes, commentCount, createdAt),
  };
  const lastActivityAt = new Date(Math.max(createdAt, lastComment?.createdAt ?? createdAt));
  const changed = { ...differing(discussion, counted), lastActivityAt };
  return updateReturning(tx, 'discussion', { id }, changed, selectedFor(ctx, discussionSource));
}

/** Counts a vote that has come to a locked discussion or gone from it: -1, 0 or 1 on each side. Answers the new row. */
export function recordDiscussionVotes(
  ctx: Pick<Context, 'loaders'>,
  tx: Transaction,
  discussion: LockedDiscussion,
  by: { readonly up: number; readonly down: number },
): Promise<DiscussionRow> {
  const { id, commentCount, createdAt } = discussion;
  const upvoteCount = discussion.upvoteCount + by.up;
  const downvoteCount = discussion.downvoteCount + by.down;
  const netUpvotes = discussion.netUpvotes + by.up - by.down;
  const counted = {
    upvoteCount,
    downvoteCount,
    netUpvotes,
    hotScore: hotScore(netUpvotes, commentCount, createdAt),
    controversyScore: controversyScore(upvoteCount, downvoteCount),
  };
  const changed = differing(discussion, counted);
  return updateReturning(tx, 'discussion', { id }, changed, selectedFor(ctx, discussionSource));
}
