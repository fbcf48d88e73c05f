import type { Forum } from '../support/forum.ts';
import { brokenNow } from './invariants.ts';

const VOTES = 'upvoteCount downvoteCount netUpvotes';
/** All that histories make, within what one operation may cost. */
const EVERYTHING = `{ discussions(first: 30, orderBy: NEWEST) { totalCount nodes { id commentCount ${VOTES}
  comments(first: 40) { totalCount nodes { id descendantCount ${VOTES} replies(first: 40) { totalCount nodes { id ${VOTES} } } } } } } }`;

interface Voted {
  readonly upvoteCount: number;
  readonly downvoteCount: number;
  readonly netUpvotes: number;
}

/**
 * Reads through the API and through the store while `work` goes on. Answers what was not so at some moment, and how
 * often it looked.
 */
export async function watched(
  forum: Forum,
  work: () => Promise<void>,
): Promise<{ readonly reads: number; readonly broken: readonly string[] }> {
  let isOver = false;
  let reads = 0;
  const broken: string[] = [];
  const readOn = async (): Promise<void> => {
    while (!isOver) {
      broken.push(...(await brokenNow(forum.db)));
      const { data, errors } = await forum.ask(EVERYTHING);
      broken.push(...(errors ?? []).map((error) => JSON.stringify(error)), ...unevenIn(data));
      reads++;
    }
  };
  const reading = readOn();
  try {
    await work();
  } finally {
    isOver = true;
    await reading;
  }
  return { reads, broken };
}

/** Everything in an answer whose net votes are not those for it less those against it. */
function unevenIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { upvoteCount, downvoteCount, netUpvotes } = value as Partial<Voted>;
  const isUneven = netUpvotes !== undefined && netUpvotes !== (upvoteCount ?? 0) - (downvoteCount ?? 0);
  return [...(isUneven ? [JSON.stringify(value)] : []), ...Object.values(value).flatMap(unevenIn)];
}
