import { type CountedDiscussion, countDiscussion, type DiscussionCounters } from '../discussion/index.ts';
import { type CommentCounters, type CountedComment, countThread } from './count-thread.ts';

/** A comment's stored counters, and what they are counted from. */
export type StoredCommentCounters = CountedComment & CommentCounters;

/** The same for a discussion. */
export type StoredDiscussionCounters = { readonly id: string } & DiscussionCounters &
  Pick<CountedDiscussion, 'createdAt' | 'importedNetVotes' | 'up' | 'down'>;

/** The counters of a discussion and its comments as counted, and the differences from the stored ones. */
interface Recount {
  readonly differences: readonly Difference[];
  readonly discussion: DiscussionCounters;
  /** In the order of the rows. */
  readonly comments: readonly CommentCounters[];
}

/** Counts a discussion and all of its comments. Pure. */
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

/** A stored value that differs from the counted one. */
export interface Difference {
  readonly table: string;
  readonly id: string;
  readonly column: string;
  readonly stored: number | string | null;
  readonly counted: number | string | null;
}

/** Floating-point scores may differ in the last digits between machines. */
const RELATIVE_ERROR = 1e-9;

/** The members of `counted` that differ in `stored`. Other members of `stored` are ignored. */
function differencesOf<Counted extends object>(
  table: string,
  stored: Readonly<Record<keyof Counted, number | string | null>> & { readonly id: string },
  counted: Counted,
): Difference[] {
  return Object.entries(counted).flatMap(([column, value]) => {
    const was = stored[column as keyof Counted];
    if (isSame(was, value)) return [];
    return [{ table, id: stored.id, column, stored: was, counted: value }];
  });
}

function isSame(one: number | string | null, other: number | string | null): boolean {
  if (one === other || typeof one !== 'number' || typeof other !== 'number') return one === other;
  if (Number.isInteger(one) && Number.isInteger(other)) return false;
  return Math.abs(one - other) <= RELATIVE_ERROR * Math.max(Math.abs(one), Math.abs(other));
}
