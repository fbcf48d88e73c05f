// How discussions and their comments are spread over time, size, depth and votes.
import { type Random, rowIds } from './random.ts';
import type { Size } from './sizes.ts';

/** The forum's first and last moment. Fixed, so that the rows do not depend on the day of the run. */
export const FIRST_INSTANT = Date.UTC(2023, 0, 9);
export const LAST_INSTANT = Date.UTC(2026, 5, 30);
const DAY = 86_400_000;

/** The ten largest threads follow a power law: the second of 5,000 has 2,300. */
const TOP_EXPONENT = 1.12;
/** They hold at most this share of all comments, so that a small forum is not one thread. */
const TOP_SHARE_MAX = 0.25;
/** Of the others: log-normal, with the median 9 where the mean is 20. */
const SIZE_SPREAD = 1.2;
/** One thread in ten is never answered. */
const EMPTY_SHARE = 0.1;

/** How many comments each discussion has; in random order, and together exactly `comments`. */
export function threadSizes({ discussions, comments, largestThread }: Size, random: Random): number[] {
  const top: number[] = [];
  let left = comments;
  for (let rank = 1; rank <= 10; rank++) {
    const size = Math.round(largestThread / rank ** TOP_EXPONENT);
    if (rank > 1 && comments - left + size > TOP_SHARE_MAX * comments) break;
    top.push(size);
    left -= size;
  }
  const others = Math.round(discussions * (1 - EMPTY_SHARE)) - top.length;
  const sizes = [...top, ...spread(left, others, SIZE_SPREAD, Math.floor(largestThread / 3), random)];
  const empty = new Array<number>(discussions - sizes.length).fill(0);
  return [...sizes, ...empty]
    .map((size) => ({ size, place: random.unit() }))
    .sort((a, b) => a.place - b.place)
    .map(({ size }) => size);
}

/** Spreads `total` over `count` members log-normally: most get little, some much, none more than `max`. */
export function spread(total: number, count: number, deviation: number, max: number, random: Random) {
  const weights = Float64Array.from({ length: count }, () => Math.exp(deviation * random.normal()));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let [wanted, given] = [0, 0];
  const shares = Int32Array.from(weights, (weight) => {
    wanted += (weight / all) * total;
    const share = Math.min(max, Math.floor(wanted) - given);
    given += share;
    return share;
  });
  for (let i = 0; given < total; i = (i + 1) % count) {
    if ((shares[i] ?? 0) >= max) continue;
    shares[i] = (shares[i] ?? 0) + 1;
    given++;
  }
  return shares;
}

/** A comment as it is placed in its thread. */
export interface PlacedComment {
  readonly id: string;
  readonly replyToId: string | null;
  readonly depth: number;
  readonly createdAt: number;
  readonly isDeleted: boolean;
}

const DELETED_SHARE = 0.004;
/** Up to where the depths 0 to 4 share the comments of a long thread: a little more depth than comes out. */
const DEPTHS = [0.455, 0.76, 0.91, 0.97, 1];

/** A reply answers some earlier comment one level up; where there is none, it stands as deep as it can. */
export function placeComments(count: number, start: number, random: Random): PlacedComment[] {
  const newId = rowIds(random);
  const levels: PlacedComment[][] = DEPTHS.map(() => []);
  return instants(count, start, random).map((createdAt) => {
    const kind = random.unit();
    let depth = DEPTHS.findIndex((upTo) => kind < upTo);
    while (depth > 0 && levels[depth - 1]?.length === 0) depth--;
    const above = levels[depth - 1] ?? [];
    // early comments gather more replies
    const parent = above[Math.floor(above.length * random.unit() ** 1.5)];
    const isDeleted = random.chance(DELETED_SHARE);
    const comment = { id: newId(createdAt), replyToId: parent?.id ?? null, depth, createdAt, isDeleted };
    levels[depth]?.push(comment);
    return comment;
  });
}

/** Most comments come in the first days, the last ones years later; no two of a thread in the same millisecond. */
function instants(count: number, start: number, random: Random): number[] {
  const span = Math.min(LAST_INSTANT - start, (20 + 300 * random.unit()) * DAY);
  const drawn = Array.from({ length: count }, () => start + 60_000 + Math.floor(span * random.unit() ** 3));
  let last = 0;
  return drawn
    .sort((a, b) => a - b)
    .map((at) => {
      last = Math.max(at, last + 1);
      return last;
    });
}

/** How surely a subject is approved, and up to which share of the subjects are so; 80 % of all votes are for. */
const APPROVALS = [
  { approval: 0.9, upTo: 0.7 },
  { approval: 0.7, upTo: 0.9 },
  { approval: 0.3, upTo: 1 },
];

/** The votes for and against a subject that has this many. */
export function splitVotes(votes: number, random: Random): { readonly up: number; readonly down: number } {
  const kind = random.unit();
  const approval = APPROVALS.find(({ upTo }) => kind < upTo)?.approval ?? 0.8;
  let up = 0;
  for (let i = 0; i < votes; i++) if (random.chance(approval)) up++;
  return { up, down: votes - up };
}
