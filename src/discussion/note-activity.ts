import { type Transaction, updateRows } from '../kit/db/index.ts';
import { controversyScore, hotScore } from '../kit/ranking.ts';
import type { TakenDiscussion } from './take-discussion.ts';

/** What the comment room counts in a discussion. */
interface Activity {
  readonly commentCount: number;
  readonly topLevelCommentCount: number;
  /** The newest undeleted comment; null: there is none. */
  readonly lastComment: { readonly id: string; readonly createdAt: number } | null;
}

/** Writes what has become of a taken discussion's comments, and the figures that follow from it. */
export async function noteActivity(
  tx: Transaction,
  discussion: TakenDiscussion,
  { commentCount, topLevelCommentCount, lastComment }: Activity,
): Promise<void> {
  const { id, createdAt, netUpvotes } = discussion;
  await updateRows(
    tx,
    'discussion',
    { id },
    {
      commentCount,
      topLevelCommentCount,
      lastCommentId: lastComment?.id ?? null,
      lastActivityAt: new Date(Math.max(createdAt, lastComment?.createdAt ?? createdAt)),
      hotScore: hotScore(netUpvotes, commentCount, createdAt),
    },
  );
}

/** Counts a vote that has come to a taken discussion or gone from it: -1, 0 or 1 on each side. */
export async function noteDiscussionVotes(
  tx: Transaction,
  discussion: TakenDiscussion,
  by: { readonly up: number; readonly down: number },
): Promise<void> {
  const upvoteCount = discussion.upvoteCount + by.up;
  const downvoteCount = discussion.downvoteCount + by.down;
  const netUpvotes = discussion.netUpvotes + by.up - by.down;
  await updateRows(
    tx,
    'discussion',
    { id: discussion.id },
    {
      upvoteCount,
      downvoteCount,
      netUpvotes,
      hotScore: hotScore(netUpvotes, discussion.commentCount, discussion.createdAt),
      controversyScore: controversyScore(upvoteCount, downvoteCount),
    },
  );
}
