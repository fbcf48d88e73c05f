import { change, differing, statement, type Transaction, updateRows } from '../../store/index.ts';
import { type Activity, type LockedDiscussion, recordActivity } from '../discussion/index.ts';
import { controversyScore, wilsonLowerBound } from '../ranking.ts';
import type { CommentRow } from './comment-reads.ts';
import type { LockedComment } from './take-comment.ts';

// Keeps the counters of a discussion and of the comments above a comment when that comment appears or goes. The same
// figures as countThread gives for the whole thread, in as many statements as the comment is deep.

/** A comment above another one, from the nearest on. */
export interface Ancestor {
  readonly id: string;
  readonly isDeleted: boolean;
  readonly replyCount: number;
  readonly directReplyCount: number;
}

/** What the appearance of a comment (+1), or its going (-1), makes of the counters above it. */
export interface Ripple {
  /** In the order of the ancestors. */
  readonly ancestors: readonly Pick<Ancestor, 'replyCount' | 'directReplyCount'>[];
  readonly topLevelChange: -1 | 0 | 1;
}

/**
 * Pure. `ownReplyCount`: the replies below the comment itself. A place is listed while its comment is undeleted or has
 * an undeleted reply below; one that comes or goes changes the direct count of the place above it.
 */
export function ripple(ancestors: readonly Ancestor[], ownReplyCount: number, by: 1 | -1): Ripple {
  // with replies below it, a comment keeps its place whether it is deleted or not
  let isPlaceChanging = ownReplyCount === 0;
  const counted = ancestors.map(({ isDeleted, replyCount, directReplyCount }) => {
    const after = {
      replyCount: replyCount + by,
      directReplyCount: directReplyCount + (isPlaceChanging ? by : 0),
    };
    isPlaceChanging &&= isDeleted && Math.min(replyCount, after.replyCount) === 0;
    return after;
  });
  return { ancestors: counted, topLevelChange: isPlaceChanging ? by : 0 };
}

interface AncestorRow {
  readonly id: string;
  readonly deletedAt: number | null;
  readonly replyCount: number;
  readonly directReplyCount: number;
}

const ancestorsOf = statement<AncestorRow>(
  'comment.ancestors',
  `WITH RECURSIVE up (id) AS (
      SELECT reply_to_id FROM comment WHERE id = ?
      UNION ALL SELECT c.reply_to_id FROM comment c JOIN up ON c.id = up.id
    )
    SELECT t.id, t.deleted_at AS "deletedAt", t.reply_count AS "replyCount",
      t.direct_reply_count AS "directReplyCount"
    FROM up JOIN comment t ON t.id = up.id ORDER BY t.depth DESC`,
);

const newest = statement<{ id: string; createdAt: number }>(
  'comment.newest',
  `SELECT t.id, t.created_at AS "createdAt" FROM comment t
    WHERE t.discussion_id = ? AND t.deleted_at IS NULL ORDER BY t.created_at DESC, t.id DESC LIMIT 1`,
);

// all of them are counted alike: those above an undeleted comment are listed already, for its sake if for no other
const countAbove = change(
  'comment.countAbove',
  `UPDATE comment SET reply_count = reply_count + 1,
      direct_reply_count = direct_reply_count + CASE WHEN id = ? THEN 1 ELSE 0 END
    WHERE id IN (
      WITH RECURSIVE up (id) AS (
        SELECT reply_to_id FROM comment WHERE id = ?
        UNION ALL SELECT c.reply_to_id FROM comment c JOIN up ON c.id = up.id
      )
      SELECT id FROM up
    )`,
);

/**
 * Counts a comment that was just added, at the top level or below an undeleted one, in a taken discussion. Answers the
 * discussion's row as it is then. The same as `noteComment` does, in one statement for all that is above it.
 */
export async function recordNewComment(
  tx: Transaction,
  discussion: LockedDiscussion,
  comment: Pick<CommentRow, 'id' | 'replyToId' | 'createdAt'>,
): Promise<LockedDiscussion> {
  const { id, replyToId, createdAt } = comment;
  if (replyToId !== null) await tx.run(countAbove, [replyToId, id]);
  return recordActivity(tx, discussion, {
    commentCount: discussion.commentCount + 1,
    topLevelCommentCount: discussion.topLevelCommentCount + (replyToId === null ? 1 : 0),
    // otherwise a clock is behind, or another one came in this very millisecond
    lastComment: createdAt > discussion.lastActivityAt ? comment : await newestIn(tx, discussion.id),
  });
}

async function newestIn(tx: Transaction, discussionId: string): Promise<Activity['lastComment']> {
  const [last] = await tx.all(newest, [discussionId]);
  return last ?? null;
}

interface Noted {
  readonly id: string;
  readonly replyToId: string | null;
  readonly replyCount: number;
}

/**
 * Counts a comment that has just appeared (+1) or gone (-1), its own row being written already. The discussion is
 * taken, so that its comments' reply counts belong to this transaction alone.
 */
export async function noteComment(
  tx: Transaction,
  discussion: LockedDiscussion,
  comment: Noted,
  by: 1 | -1,
): Promise<void> {
  const rows = comment.replyToId === null ? [] : await tx.all(ancestorsOf, [comment.id]);
  const ancestors = rows.map((row) => ({ ...row, isDeleted: row.deletedAt !== null }));
  const { ancestors: counted, topLevelChange } = ripple(ancestors, comment.replyCount, by);
  for (const [i, { id }] of ancestors.entries()) await updateRows(tx, 'comment', { id }, counted[i] ?? {});
  await recordActivity(tx, discussion, {
    commentCount: discussion.commentCount + by,
    topLevelCommentCount: discussion.topLevelCommentCount + topLevelChange,
    lastComment: await newestIn(tx, discussion.id),
  });
}

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
