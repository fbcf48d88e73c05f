import type { Random } from './random.ts';
import type { Size } from './sizes.ts';
import { LAST_INSTANT, type Threads } from './threads.ts';

/** Every comment of the forum in columns, thread after thread and, within a thread, in the order of time. */
export interface CommentColumns {
  readonly count: number;
  /** The discussion's index. */
  readonly thread: Int32Array;
  /** The index of the comment that it replies to; -1 at the top level. */
  readonly parent: Int32Array;
  readonly depth: Uint8Array;
  readonly author: Int32Array;
  /** Milliseconds since 1970. */
  readonly createdAt: Float64Array;
  readonly isDeleted: Uint8Array;
  /** Undeleted comments below it, and direct replies that are listed: see prisma/models/comment.prisma. */
  readonly replies: Int32Array;
  readonly directReplies: Int32Array;
}

/** How the depths 0 to 4 share the comments where a thread is long enough: a little more depth than comes out. */
const DEPTH_SHARES = [0.455, 0.305, 0.15, 0.06, 0.03];
const DELETED_SHARE = 0.004;
const DAY = 86_400_000;

export function commentColumns(size: Size, threads: Threads, random: Random): CommentColumns {
  const count = size.comments;
  const columns: CommentColumns = {
    count,
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
    const from = threads.firstComment[thread] ?? 0;
    const to = threads.firstComment[thread + 1] ?? count;
    columns.thread.fill(thread, from, to);
    placeInTime(columns, from, to, threads.createdAt[thread] ?? 0, random);
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
function placeInTime(columns: CommentColumns, from: number, to: number, start: number, random: Random): void {
  const span = Math.min(LAST_INSTANT - start, (20 + 300 * random.unit()) * DAY);
  const times = columns.createdAt.subarray(from, to);
  for (let i = 0; i < times.length; i++) times[i] = start + 60_000 + Math.floor(span * random.unit() ** 3);
  times.sort();
  for (let i = 1; i < times.length; i++) times[i] = Math.max(times[i] ?? 0, (times[i - 1] ?? 0) + 1);
}

/** A reply answers some earlier comment one level up; where there is none, it stands as deep as it can. */
function placeInThread(columns: CommentColumns, from: number, to: number, random: Random): void {
  const levels: number[][] = DEPTH_SHARES.map(() => []);
  for (let i = from; i < to; i++) {
    let depth = wantedDepth(random);
    while (depth > 0 && levels[depth - 1]?.length === 0) depth--;
    columns.depth[i] = depth;
    if (depth > 0) {
      const above = levels[depth - 1] ?? [];
      // early comments gather more replies
      columns.parent[i] = above[Math.floor(above.length * random.unit() ** 1.5)] ?? -1;
    }
    levels[depth]?.push(i);
  }
}

function wantedDepth(random: Random): number {
  let left = random.unit();
  for (let depth = 0; depth < DEPTH_SHARES.length; depth++) {
    left -= DEPTH_SHARES[depth] ?? 0;
    if (left < 0) return depth;
  }
  return 0;
}

/** From the last to the first: whatever stands below a comment came after it. */
function countReplies(columns: CommentColumns, from: number, to: number): void {
  const { parent, replies, directReplies, isDeleted } = columns;
  for (let i = to - 1; i >= from; i--) {
    const above = parent[i] ?? -1;
    if (above < 0) continue;
    const below = replies[i] ?? 0;
    replies[above] = (replies[above] ?? 0) + below + (isDeleted[i] ? 0 : 1);
    if (!isDeleted[i] || below > 0) directReplies[above] = (directReplies[above] ?? 0) + 1;
  }
}
