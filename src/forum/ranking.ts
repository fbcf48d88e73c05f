/** The vote counts of a row. The three always agree. */
export interface VoteCounts {
  readonly upvoteCount: number;
  readonly downvoteCount: number;
  readonly netUpvotes: number;
}

/** The normal quantile of a two-sided 80 % interval. */
const WILSON_Z = 1.2816;
/** Tenfold votes and comments outweigh this age. Lobsters' hotness window is 22 hours too. */
const HOT_WINDOW_MS = 22 * 60 * 60 * 1_000;

/**
 * Adds an imported net count to the votes cast here, on the side of its sign: only the sum of imported votes is known.
 */
export function votes(importedNet: number, up: number, down: number): VoteCounts {
  return {
    upvoteCount: up + Math.max(importedNet, 0),
    downvoteCount: down + Math.max(-importedNet, 0),
    netUpvotes: importedNet + up - down,
  };
}

/**
 * The order BEST: the lower bound of the Wilson score interval for the share of upvotes, 0 to 1; 0 without votes.
 * E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (1927); for ranking, Evan
 * Miller, "How Not To Sort By Average Rating" (2009).
 */
export function wilsonLowerBound(up: number, down: number): number {
  const n = up + down;
  if (!(n > 0)) return 0;
  const share = up / n;
  const z2 = WILSON_Z * WILSON_Z;
  const centre = share + z2 / (2 * n);
  const margin = WILSON_Z * Math.sqrt((share * (1 - share) + z2 / (4 * n)) / n);
  return finite(Math.max(0, (centre - margin) / (1 + z2 / n)));
}

/**
 * The order HOT: sign · log10(max(1, |net| + comments)) + created/T. It does not depend on the present time, so it
 * changes only with a vote or a comment, and can be stored and paged. The form is Reddit's, the window Lobsters'. A net
 * of 0 counts as positive, so that comments lift a discussion without votes. Always finite.
 */
export function hotScore(net: number, comments: number, createdAt: Date | number): number {
  const weight = Math.log10(Math.max(1, Math.abs(net) + comments));
  const score = (net < 0 ? -weight : weight) + Number(createdAt) / HOT_WINDOW_MS;
  return finite(score);
}

/**
 * The order CONTROVERSIAL: (up + down) ^ (smaller / larger side), 0 if either side has no vote. Many balanced votes
 * rank highest. The formula is Reddit's.
 */
export function controversyScore(up: number, down: number): number {
  if (!(up > 0) || !(down > 0)) return 0;
  return finite((up + down) ** (Math.min(up, down) / Math.max(up, down)));
}

/** One engine refuses NaN, and the other sorts it anywhere. */
function finite(score: number): number {
  return Number.isFinite(score) ? score : 0;
}
