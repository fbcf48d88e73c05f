import { type Database, statement } from '../../store/index.ts';
import {
  compareCounters,
  type StoredCommentCounters,
  type StoredDiscussionCounters,
} from './compare-counters.ts';

const votesOf = (table: string, key: string, value: 1 | -1) =>
  `(SELECT count(*) FROM ${table} v WHERE v.${key} = t.id AND v.value = ${value})`;

/** Discussions with their counters, and what they are counted from. */
export const COUNTED_DISCUSSIONS = `SELECT t.id, t.created_at AS "createdAt", t.imported_net_votes AS "importedNetVotes",
    ${votesOf('discussion_vote', 'discussion_id', 1)} AS "up", ${votesOf('discussion_vote', 'discussion_id', -1)} AS "down",
    t.upvote_count AS "upvoteCount", t.downvote_count AS "downvoteCount", t.net_upvotes AS "netUpvotes",
    t.comment_count AS "commentCount", t.top_level_comment_count AS "topLevelCommentCount",
    t.last_comment_id AS "lastCommentId", t.last_activity_at AS "lastActivityAt",
    t.hot_score AS "hotScore", t.controversy_score AS "controversyScore" FROM discussion t`;

const nextDiscussions = statement<StoredDiscussionCounters>(
  'comment.discussionsToCount',
  `${COUNTED_DISCUSSIONS} WHERE t.id > ? ORDER BY t.id LIMIT ?`,
);

/** The comments of discussions with their counters, and what they are counted from. */
export const commentsOf = statement<Omit<StoredCommentCounters, 'isDeleted'> & CommentRef>(
  'comment.commentsToCount',
  (
    d,
  ) => `SELECT t.id, t.discussion_id AS "discussionId", t.reply_to_id AS "replyToId", t.created_at AS "createdAt",
    t.deleted_at AS "deletedAt", t.imported_net_votes AS "importedNetVotes",
    ${votesOf('comment_vote', 'comment_id', 1)} AS "up", ${votesOf('comment_vote', 'comment_id', -1)} AS "down",
    t.upvote_count AS "upvoteCount", t.downvote_count AS "downvoteCount", t.net_upvotes AS "netUpvotes",
    t.reply_count AS "replyCount", t.direct_reply_count AS "directReplyCount",
    t.best_score AS "bestScore", t.controversy_score AS "controversyScore",
    t.tree_path AS "treePath" FROM comment t WHERE ${d.inList('t.discussion_id')}`,
);

interface CommentRef {
  readonly discussionId: string;
  readonly deletedAt: number | null;
}

/** Discussions in a batch, and about how many comments of theirs are in memory at once. */
const BATCH = 50;
const COMMENTS_MAX = 5_000;

/** A batch of the forum that was counted. Suspects are discussions with a counter that differs, theirs or a comment's. */
interface CountedPart {
  readonly discussions: number;
  readonly comments: number;
  readonly suspects: readonly string[];
}

/**
 * Counts the whole forum in batches. Two statements read a batch, so a write between them makes a suspect of a sound
 * discussion: check each suspect with `findMiscounts`.
 */
export async function* countForum(db: Database): AsyncGenerator<CountedPart> {
  for (let after = ''; ; ) {
    const discussions = withinLimit(await db.read.all(nextDiscussions, [after, BATCH]));
    const last = discussions.at(-1);
    if (!last) return;
    after = last.id;
    const rows = await db.read.all(commentsOf, [discussions.map(({ id }) => id)]);
    const threads = new Map<string, StoredCommentCounters[]>(discussions.map(({ id }) => [id, []]));
    for (const row of rows)
      threads.get(row.discussionId)?.push({ ...row, isDeleted: row.deletedAt !== null });
    const isSuspect = (discussion: StoredDiscussionCounters) =>
      compareCounters(discussion, threads.get(discussion.id) ?? []).differences.length > 0;
    const suspects = discussions.filter(isSuspect).map(({ id }) => id);
    yield { discussions: discussions.length, comments: rows.length, suspects };
  }
}

/** The first discussions that have few enough comments, by their own counters; at least one. */
function withinLimit(discussions: readonly StoredDiscussionCounters[]): readonly StoredDiscussionCounters[] {
  let comments = 0;
  const end = discussions.findIndex(({ commentCount }) => {
    comments += commentCount;
    return comments > COMMENTS_MAX;
  });
  return end === -1 ? discussions : discussions.slice(0, Math.max(1, end));
}
