import type { Database } from 'better-sqlite3';
import { controversyScore, votes, wilsonLowerBound } from '../../src/forum/ranking.ts';
import { inserter } from './insert.ts';
import type { Plan } from './plan.ts';
import { randomOf } from './random.ts';
import { bodyWriter } from './text.ts';

const HOUR = 3_600_000;

/** Inserts the comments with their counters, in the order of time. */
export function insertComments(db: Database, plan: Plan, authorIds: readonly string[]): void {
  const { comments, commentIds, discussionIds, commentVotes } = plan;
  const random = randomOf(plan.seed, 'comment rows');
  const nextBody = bodyWriter(random);
  const insert = inserter(db, 'comment');
  for (const i of plan.commentsByTime) {
    const body = nextBody();
    const parent = comments.parent[i] ?? -1;
    const authorId = random.chance(0.98) ? (authorIds[comments.author[i] ?? 0] ?? null) : null;
    const createdAt = comments.createdAt[i] ?? 0;
    const isDeleted = comments.isDeleted[i] === 1;
    const counts = votes(0, commentVotes.up[i] ?? 0, commentVotes.down[i] ?? 0);
    insert({
      id: commentIds[i] ?? '',
      discussion_id: discussionIds[comments.thread[i] ?? 0] ?? '',
      reply_to_id: parent < 0 ? null : (commentIds[parent] ?? null),
      depth: comments.depth[i] ?? 0,
      body: body.source,
      body_html: body.html,
      body_text: body.text,
      author_id: authorId,
      created_at: createdAt,
      deleted_at: isDeleted ? createdAt + HOUR : null,
      deleted_by_id: isDeleted ? authorId : null,
      is_official: random.chance(0.01) ? 1 : 0,
      is_verified_user: random.chance(0.15) ? 1 : 0,
      upvote_count: counts.upvoteCount,
      downvote_count: counts.downvoteCount,
      net_upvotes: counts.netUpvotes,
      reply_count: comments.replies[i] ?? 0,
      direct_reply_count: comments.directReplies[i] ?? 0,
      best_score: wilsonLowerBound(counts.upvoteCount, counts.downvoteCount),
      controversy_score: controversyScore(counts.upvoteCount, counts.downvoteCount),
    });
  }
}
