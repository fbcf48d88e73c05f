import type { Context } from '../../access/context.ts';
import { selectedFor } from '../../graphql/selected-columns.ts';
import { differing, type Transaction, updateReturning, updateRows } from '../../store/index.ts';
import { controversyScore, hotScore } from '../ranking.ts';
import type { LockedDiscussion } from './discussion-for-update.ts';
import { type DiscussionRow, discussionSource } from './discussion-reads.ts';

/** What the comment module counts in a discussion. */
export interface Activity {
  readonly commentCount: number;
  readonly topLevelCommentCount: number;
  /** The newest undeleted comment. Null if there is none. */
  readonly lastComment: { readonly id: string; readonly createdAt: number } | null;
}

/** Writes a discussion's comment counters and what depends on them. Returns its new row. The row is locked. */
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

/** Changes a discussion's vote counts by -1, 0 or 1 on each side. Returns its new row. The row is locked. */
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

/** An accepted answer. */
interface AcceptedAnswer {
  readonly commentId: string;
  /** The accepted revision of its text. */
  readonly revision: number | null;
  readonly acceptedById: string | null;
  readonly acceptedAt: Date;
}

/** Records the answer of a discussion, or that it has none. The row is locked. */
export async function recordAnswer(
  tx: Transaction,
  { id }: LockedDiscussion,
  answer: AcceptedAnswer | null,
): Promise<void> {
  await updateRows(
    tx,
    'discussion',
    { id },
    {
      answerId: answer?.commentId ?? null,
      answerRevision: answer?.revision ?? null,
      answeredById: answer?.acceptedById ?? null,
      answeredAt: answer?.acceptedAt ?? null,
    },
  );
}
