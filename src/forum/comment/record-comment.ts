// Updates the counters of a comment, of its ancestors and of its discussion. The results are those of countThread.

import type { Context } from '../../access/context.ts';
import { change, statement, type Transaction, updateRows } from '../../store/index.ts';
import {
  type Activity,
  type DiscussionRow,
  type LockedDiscussion,
  recordActivity,
} from '../discussion/index.ts';
import type { CommentRow } from './comment-reads.ts';

/** A comment on the path from another one to the top level. */
interface Ancestor {
  readonly id: string;
  readonly isDeleted: boolean;
  readonly replyCount: number;
  readonly directReplyCount: number;
}

/** The counters of ancestors after a comment was added or removed. */
interface AncestorCounters {
  readonly ancestors: readonly Pick<Ancestor, 'replyCount' | 'directReplyCount'>[];
  readonly topLevelChange: -1 | 0 | 1;
}

/**
 * Counts a comment that was added (+1) or removed (-1) in its ancestors, nearest first. Pure. `ownReplyCount` is the
 * comment's own. A comment is listed if it is undeleted or has an undeleted reply at any depth, and only listed comments
 * count as direct replies.
 */
function countInAncestors(
  ancestors: readonly Ancestor[],
  ownReplyCount: number,
  by: 1 | -1,
): AncestorCounters {
  // a comment with replies stays listed whether it is deleted or not
  let isListingChanging = ownReplyCount === 0;
  const counted = ancestors.map(({ isDeleted, replyCount, directReplyCount }) => {
    const after = {
      replyCount: replyCount + by,
      directReplyCount: directReplyCount + (isListingChanging ? by : 0),
    };
    isListingChanging &&= isDeleted && Math.min(replyCount, after.replyCount) === 0;
    return after;
  });
  return { ancestors: counted, topLevelChange: isListingChanging ? by : 0 };
}

interface AncestorRow {
  readonly id: string;
  readonly deletedAt: number | null;
  readonly replyCount: number;
  readonly directReplyCount: number;
}

/** The comments above one, nearest first. */
export const ancestorsOf = statement<AncestorRow>(
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

// an undeleted parent is listed, and so are all of its ancestors: only the parent gets a direct reply
const countReply = change(
  'comment.countReply',
  `UPDATE comment SET reply_count = reply_count + 1,
      direct_reply_count = direct_reply_count + CASE WHEN id = ? THEN 1 ELSE 0 END
    WHERE id IN (
      WITH RECURSIVE up (id) AS (
        SELECT reply_to_id FROM comment WHERE id = ?
        UNION ALL SELECT c.reply_to_id FROM comment c JOIN up ON c.id = up.id
      )
      SELECT id FROM up
    )`,
  { table: 'comment', sets: ['reply_count', 'direct_reply_count'], by: [null, null] },
);

/**
 * Counts a new comment, at the top level or below an undeleted one. Returns the discussion's new row. Does the same as
 * `recordComment`, with one statement for all ancestors. The discussion's row is locked.
 */
export async function recordNewComment(
  ctx: Pick<Context, 'loaders'>,
  tx: Transaction,
  discussion: LockedDiscussion,
  comment: Pick<CommentRow, 'id' | 'replyToId' | 'createdAt'>,
): Promise<DiscussionRow> {
  const { id, replyToId, createdAt } = comment;
  if (replyToId !== null) await tx.run(countReply, [replyToId, id]);
  return recordActivity(ctx, tx, discussion, {
    commentCount: discussion.commentCount + 1,
    topLevelCommentCount: discussion.topLevelCommentCount + (replyToId === null ? 1 : 0),
    // otherwise a clock is behind, or another comment has the same millisecond
    lastComment: createdAt > discussion.lastActivityAt ? comment : await newestIn(tx, discussion.id),
  });
}

/** The newest undeleted comment of a discussion. Null if there is none. */
export async function newestIn(tx: Transaction, discussionId: string): Promise<Activity['lastComment']> {
  const [last] = await tx.all(newest, [discussionId]);
  return last ?? null;
}

interface ChangedComment {
  readonly id: string;
  readonly replyToId: string | null;
  readonly replyCount: number;
}

/**
 * Counts a comment whose row was just restored (+1) or deleted (-1). The discussion's row is locked, so no other
 * transaction changes the reply counts of its comments.
 */
export async function recordComment(
  ctx: Pick<Context, 'loaders'>,
  tx: Transaction,
  discussion: LockedDiscussion,
  comment: ChangedComment,
  by: 1 | -1,
): Promise<void> {
  const rows = comment.replyToId === null ? [] : await tx.all(ancestorsOf, [comment.id]);
  const ancestors = rows.map((row) => ({ ...row, isDeleted: row.deletedAt !== null }));
  const { ancestors: counted, topLevelChange } = countInAncestors(ancestors, comment.replyCount, by);
  for (const [i, { id }] of ancestors.entries()) await updateRows(tx, 'comment', { id }, counted[i] ?? {});
  await recordActivity(ctx, tx, discussion, {
    commentCount: discussion.commentCount + by,
    topLevelCommentCount: discussion.topLevelCommentCount + topLevelChange,
    lastComment: await newestIn(tx, discussion.id),
  });
}
