import { type CommentColumns, commentColumns } from './comment-columns.ts';
import { randomOf } from './random.ts';
import { rowIds } from './row-ids.ts';
import type { Size } from './sizes.ts';
import { type Threads, threadColumns } from './threads.ts';
import { type VoteColumns, voteColumns } from './vote-columns.ts';

/** Everything that rows are made from: decided before the first row is written, because rows count one another. */
export interface Plan {
  readonly size: Size;
  readonly seed: number;
  readonly threads: Threads;
  readonly comments: CommentColumns;
  readonly discussionIds: readonly string[];
  readonly commentIds: readonly string[];
  /** The comments' indexes in the order of time: the order in which a forum would have stored them. */
  readonly commentsByTime: Uint32Array;
  readonly discussionVotes: VoteColumns;
  readonly commentVotes: VoteColumns;
}

const COMMENT_VOTES_SHARE = 0.85;

export function makePlan(size: Size, seed: number): Plan {
  const threads = threadColumns(size, randomOf(seed, 'threads'));
  const comments = commentColumns(size, threads, randomOf(seed, 'comments'));
  const newId = rowIds(randomOf(seed, 'ids'));
  const onComments = Math.round(size.votes * COMMENT_VOTES_SHARE);
  const onDiscussions = size.votes - onComments;
  // nobody votes on what they wrote
  const voters = size.authors - 1;
  return {
    size,
    seed,
    threads,
    comments,
    discussionIds: Array.from(threads.createdAt, newId),
    commentIds: Array.from(comments.createdAt, newId),
    commentsByTime: byTime(comments.createdAt),
    discussionVotes: voteColumns(
      threadSizesOf(threads),
      onDiscussions,
      voters,
      randomOf(seed, 'discussion votes'),
    ),
    commentVotes: voteColumns(comments.directReplies, onComments, voters, randomOf(seed, 'comment votes')),
  };
}

function threadSizesOf({ firstComment }: Threads): Int32Array {
  const count = firstComment.length - 1;
  return Int32Array.from({ length: count }, (_, i) => (firstComment[i + 1] ?? 0) - (firstComment[i] ?? 0));
}

function byTime(times: Float64Array): Uint32Array {
  const order = Uint32Array.from(times, (_, i) => i);
  return order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
}
