import { type Difference, differencesOf } from '../differences.ts';
import { type CountedDiscussion, countDiscussion, type DiscussionCounters } from '../discussion/index.ts';
import { type CommentCounters, type CountedComment, countThread } from './count-thread.ts';

/** A comment's row: what its counters are counted from, and what they are. */
export type StoredCommentCounters = CountedComment & CommentCounters;

/** A discussion's row, the same. */
export type StoredDiscussionCounters = { readonly id: string } & DiscussionCounters &
  Pick<CountedDiscussion, 'createdAt' | 'importedNetVotes' | 'up' | 'down'>;

/** What a discussion's counters should be, and where they are not. */
export interface Recount {
  readonly differences: readonly Difference[];
  readonly discussion: DiscussionCounters;
  /** In the order of the rows. */
  readonly comments: readonly CommentCounters[];
}

/** Counts one discussion and all of its comments again. Pure. */
export function compareCounters(
  discussion: StoredDiscussionCounters,
  comments: readonly StoredCommentCounters[],
): Recount {
  const { thread, counters } = countThread(comments);
  const { createdAt, importedNetVotes, up, down } = discussion;
  const counted = countDiscussion({ createdAt, importedNetVotes, up, down, ...thread });
  const differences = comments.flatMap((comment, i) => differencesOf('comment', comment, counters[i] ?? {}));
  differences.unshift(...differencesOf('discussion', discussion, counted));
  return { differences, discussion: counted, comments: counters };
}
