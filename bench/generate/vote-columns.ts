import type { Random } from './random.ts';

/** The votes on each subject: discussions, or comments. */
export interface VoteColumns {
  readonly up: Int32Array;
  readonly down: Int32Array;
}

/** How surely a subject is approved, and how many subjects are so; together 80 % of the votes are for. */
const APPROVALS = [
  { approval: 0.9, upTo: 0.7 },
  { approval: 0.7, upTo: 0.9 },
  { approval: 0.3, upTo: 1 },
];
const SPREAD = 1.3;

/**
 * Spreads `total` votes over the subjects, one for each member of `replies`: most get few, some many, the more the more
 * replies they have, none more than `max`. Fewer than `total` are cast only where the subjects cannot hold them.
 */
export function voteColumns(replies: Int32Array, total: number, max: number, random: Random): VoteColumns {
  const count = replies.length;
  const weights = Float64Array.from(replies, (number) => (1 + number) * Math.exp(SPREAD * random.normal()));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const up = new Int32Array(count);
  const down = new Int32Array(count);
  let wanted = 0;
  let cast = 0;
  for (let i = 0; i < count; i++) {
    wanted += ((weights[i] ?? 0) / all) * total;
    const votes = Math.min(max, (i + 1 === count ? total : Math.floor(wanted)) - cast);
    cast += votes;
    const kind = random.unit();
    const approval = APPROVALS.find(({ upTo }) => kind < upTo)?.approval ?? 0.8;
    for (let k = 0; k < votes; k++) {
      if (random.chance(approval)) up[i] = (up[i] ?? 0) + 1;
      else down[i] = (down[i] ?? 0) + 1;
    }
  }
  return { up, down };
}

/** A step through `authors` people that meets each of them once before it comes back. */
export function stepThrough(authors: number, random: Random): number {
  const step = 1 + random.below(authors);
  return gcd(step, authors) === 1 ? step : stepThrough(authors, random);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
