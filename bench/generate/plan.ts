// Everything that rows are made from, decided before the first row is written, because rows count one another. What
// there is much of stands in columns: objects for millions of votes would not fit into memory.
import { type Random, randomOf, rowIds } from './random.ts';
import type { Size } from './sizes.ts';

/** The forum's first and last moment. Fixed, so that the rows do not depend on the day of the run. */
export const FIRST_INSTANT = Date.UTC(2023, 0, 9);
export const LAST_INSTANT = Date.UTC(2026, 5, 30);
const DAY = 86_400_000;

/** Every discussion, in the order of time. */
export interface Threads {
  /** The index of its first comment, and at the end the number of all comments. */
  readonly firstComment: Int32Array;
  readonly createdAt: Float64Array;
  readonly author: Int32Array;
  readonly product: Int32Array;
}

/** Every comment, thread after thread and, within a thread, in the order of time. */
export interface Comments {
  /** The discussion's index. */
  readonly thread: Int32Array;
  /** The index of the comment that it replies to; -1 at the top level. */
  readonly parent: Int32Array;
  readonly depth: Uint8Array;
  readonly author: Int32Array;
  readonly createdAt: Float64Array;
  readonly isDeleted: Uint8Array;
  /** Undeleted comments below it, and direct replies that are listed: see prisma/models/comment.prisma. */
  readonly replies: Int32Array;
  readonly directReplies: Int32Array;
}

/** The votes on each discussion, or on each comment. */
export interface Votes {
  readonly up: Int32Array;
  readonly down: Int32Array;
}

export type Plan = ReturnType<typeof makePlan>;

const COMMENT_VOTES_SHARE = 0.85;

export function makePlan(size: Size, seed: number) {
  const threads = planThreads(size, randomOf(seed, 'threads'));
  const comments = planComments(size, threads, randomOf(seed, 'comments'));
  const newId = rowIds(randomOf(seed, 'ids'));
  const onComments = Math.round(size.votes * COMMENT_VOTES_SHARE);
  // nobody votes on what they wrote
  const voters = size.authors - 1;
  const sizes = Int32Array.from({ length: size.discussions }, (_, i) => {
    return at(threads.firstComment, i + 1) - at(threads.firstComment, i);
  });
  const { createdAt, directReplies } = comments;
  return {
    ...{ size, seed, threads, comments },
    discussionIds: Array.from(threads.createdAt, newId),
    commentIds: Array.from(createdAt, newId),
    /** The comments' indexes in the order of time: the order in which a forum would have stored them. */
    commentsByTime: Uint32Array.from(createdAt, (_, i) => i).sort(
      (a, b) => at(createdAt, a) - at(createdAt, b) || a - b,
    ),
    discussionVotes: planVotes(sizes, size.votes - onComments, voters, randomOf(seed, 'discussion votes')),
    commentVotes: planVotes(directReplies, onComments, voters, randomOf(seed, 'comment votes')),
  };
}

/** A number of a column. */
export const at = (column: { readonly [i: number]: number }, i: number): number => column[i] ?? 0;

function planThreads(size: Size, random: Random): Threads {
  const count = size.discussions;
  const comments = threadSizes(size, random);
  const firstComment = new Int32Array(count + 1);
  const createdAt = new Float64Array(count);
  const author = new Int32Array(count);
  const product = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    firstComment[i + 1] = at(firstComment, i) + at(comments, i);
    createdAt[i] = FIRST_INSTANT + Math.floor(0.98 * (LAST_INSTANT - FIRST_INSTANT) * random.unit());
    author[i] = Math.floor(size.authors * random.unit() ** 2);
    product[i] = Math.floor(size.products * random.unit() ** 1.5);
  }
  return { firstComment, createdAt: createdAt.sort(), author, product };
}

/** One thread in ten is never answered. */
const EMPTY_SHARE = 0.1;
/** The ten largest threads follow a power law: the second of 5,000 has 2,300. */
const TOP_EXPONENT = 1.12;
/** They hold at most this share of all comments, so that a small forum is not one thread. */
const TOP_SHARE_MAX = 0.25;
/** Of the others: log-normal, with the median 9 where the mean is 20. */
const SIZE_SPREAD = 1.2;

/** How many comments each discussion has; in random order, and together exactly `size.comments`. */
function threadSizes(size: Size, random: Random): Int32Array {
  const sizes = new Int32Array(size.discussions);
  let left = size.comments;
  let top = 0;
  for (; top < Math.min(10, sizes.length); top++) {
    const comments = Math.round(size.largestThread / (top + 1) ** TOP_EXPONENT);
    if (top > 0 && size.comments - left + comments > TOP_SHARE_MAX * size.comments) break;
    sizes[top] = comments;
    left -= comments;
  }
  const end = Math.max(top + 1, Math.round(sizes.length * (1 - EMPTY_SHARE)));
  const weights = Array.from({ length: end - top }, () => Math.exp(SIZE_SPREAD * random.normal()));
  const scale = left / weights.reduce((sum, weight) => sum + weight, 0);
  weights.forEach((weight, i) => {
    sizes[top + i] = Math.max(1, Math.round(weight * scale));
    left -= at(sizes, top + i);
  });
  for (let i = top; left !== 0; i = i + 1 === end ? top : i + 1) {
    const step = Math.sign(left);
    if (at(sizes, i) + step < 1) continue;
    sizes[i] = at(sizes, i) + step;
    left -= step;
  }
  for (let i = sizes.length - 1; i > 0; i--) {
    const other = random.below(i + 1);
    [sizes[i], sizes[other]] = [at(sizes, other), at(sizes, i)];
  }
  return sizes;
}

const DELETED_SHARE = 0.004;

function planComments(size: Size, threads: Threads, random: Random): Comments {
  const count = size.comments;
  const columns: Comments = {
    thread: new Int32Array(count),
    parent: new Int32Array(count).fill(-1),
    depth: new Uint8Array(count),
    author: new Int32Array(count),
    createdAt: new Float64Array(count),
    isDeleted: new Uint8Array(count),
    replies: new Int32Array(count),
    directReplies: new Int32Array(count),
  };
  for (let thread = 0; thread < size.discussions; thread++) {
    const [from, to] = [at(threads.firstComment, thread), at(threads.firstComment, thread + 1)];
    columns.thread.fill(thread, from, to);
    placeInTime(columns.createdAt.subarray(from, to), at(threads.createdAt, thread), random);
    placeInThread(columns, from, to, random);
    for (let i = from; i < to; i++) {
      // a few write much, most write little
      columns.author[i] = Math.floor(size.authors * random.unit() ** 2);
      columns.isDeleted[i] = random.chance(DELETED_SHARE) ? 1 : 0;
    }
    countReplies(columns, from, to);
  }
  return columns;
}

/** Most comments come in the first days, the last ones years later; no two of a thread in the same millisecond. */
function placeInTime(times: Float64Array, start: number, random: Random): void {
  const span = Math.min(LAST_INSTANT - start, (20 + 300 * random.unit()) * DAY);
  for (let i = 0; i < times.length; i++) times[i] = start + 60_000 + Math.floor(span * random.unit() ** 3);
  times.sort();
  for (let i = 1; i < times.length; i++) times[i] = Math.max(at(times, i), at(times, i - 1) + 1);
}

/** Up to where the depths 0 to 4 share the comments of a long thread: a little more depth than comes out. */
const DEPTHS = [0.455, 0.76, 0.91, 0.97, 1];

/** A reply answers some earlier comment one level up; where there is none, it stands as deep as it can. */
function placeInThread({ depth, parent }: Comments, from: number, to: number, random: Random): void {
  const levels: number[][] = DEPTHS.map(() => []);
  for (let i = from; i < to; i++) {
    const kind = random.unit();
    let level = DEPTHS.findIndex((upTo) => kind < upTo);
    while (level > 0 && levels[level - 1]?.length === 0) level--;
    depth[i] = level;
    if (level > 0) {
      const above = levels[level - 1] ?? [];
      // early comments gather more replies
      parent[i] = above[Math.floor(above.length * random.unit() ** 1.5)] ?? -1;
    }
    levels[level]?.push(i);
  }
}

/** From the last to the first: whatever stands below a comment came after it. */
function countReplies(
  { parent, replies, directReplies, isDeleted }: Comments,
  from: number,
  to: number,
): void {
  for (let i = to - 1; i >= from; i--) {
    const above = at(parent, i);
    if (above < 0) continue;
    replies[above] = at(replies, above) + at(replies, i) + (isDeleted[i] ? 0 : 1);
    if (!isDeleted[i] || at(replies, i) > 0) directReplies[above] = at(directReplies, above) + 1;
  }
}

/** How surely a subject is approved, and up to which share of the subjects are so; 80 % of all votes are for. */
const APPROVALS = [
  { approval: 0.9, upTo: 0.7 },
  { approval: 0.7, upTo: 0.9 },
  { approval: 0.3, upTo: 1 },
];
const VOTE_SPREAD = 1.3;

/**
 * Spreads `total` votes over the subjects, one for each member of `replies`: most get few, some many, the more the more
 * replies they have, none more than `max`. Fewer than `total` are cast only where the subjects cannot hold them.
 */
function planVotes(replies: Int32Array, total: number, max: number, random: Random): Votes {
  const weights = Float64Array.from(replies, (one) => (1 + one) * Math.exp(VOTE_SPREAD * random.normal()));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const [up, down] = [new Int32Array(replies.length), new Int32Array(replies.length)];
  let wanted = 0;
  let cast = 0;
  for (let i = 0; i < replies.length; i++) {
    wanted += (at(weights, i) / all) * total;
    const votes = Math.min(max, (i + 1 === replies.length ? total : Math.floor(wanted)) - cast);
    cast += votes;
    const kind = random.unit();
    const approval = APPROVALS.find(({ upTo }) => kind < upTo)?.approval ?? 0.8;
    for (let k = 0; k < votes; k++) {
      const side = random.chance(approval) ? up : down;
      side[i] = at(side, i) + 1;
    }
  }
  return { up, down };
}
