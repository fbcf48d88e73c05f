import type { CommentOrder, DiscussionOrder, RankExplanation } from '../generated/graphql.ts';

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

type Inputs = Readonly<Record<string, number>>;

function explained(formula: string, source: string, inputs: Inputs, value: number): RankExplanation {
  return { formula, source, inputs: Object.entries(inputs).map(([name, value]) => ({ name, value })), value };
}

/** A time in an order is its own explanation. */
function time(name: string, value: number): RankExplanation {
  return explained(name, 'The time itself.', { [name]: value }, value);
}

function top({ upvoteCount: upvotes, downvoteCount: downvotes, netUpvotes }: VoteCounts): RankExplanation {
  return explained('upvotes - downvotes', 'The votes themselves.', { upvotes, downvotes }, netUpvotes);
}

function controversial({ upvoteCount: upvotes, downvoteCount: downvotes }: VoteCounts): RankExplanation {
  const formula =
    '(upvotes + downvotes) ^ (min(upvotes, downvotes) / max(upvotes, downvotes)); 0 if one is 0';
  const source = "Reddit's order of controversial posts.";
  return explained(formula, source, { upvotes, downvotes }, controversyScore(upvotes, downvotes));
}

interface RankedDiscussion extends VoteCounts {
  readonly commentCount: number;
  readonly createdAt: number;
  readonly lastActivityAt: number;
}

/** Why a discussion ranks where it does. */
export function explainDiscussion(row: RankedDiscussion, orderBy: DiscussionOrder): RankExplanation {
  const { netUpvotes: net, commentCount: comments, createdAt, lastActivityAt } = row;
  switch (orderBy) {
    case 'HOT':
      return explained(
        'sign * log10(max(1, abs(net) + comments)) + createdAt / window, with sign -1 if net < 0, else 1',
        "The form is Reddit's order of hot posts, the window is Lobsters' hotness window.",
        { net, comments, createdAt, window: HOT_WINDOW_MS },
        hotScore(net, comments, createdAt),
      );
    case 'TOP':
      return top(row);
    case 'NEWEST':
      return time('createdAt', createdAt);
    case 'ACTIVE':
      return time('lastActivityAt', lastActivityAt);
    case 'MOST_COMMENTS':
      return explained('comments', 'The number itself.', { comments }, comments);
    case 'CONTROVERSIAL':
      return controversial(row);
  }
}

/** Why a comment ranks where it does. */
export function explainComment(
  row: VoteCounts & { readonly createdAt: number },
  orderBy: CommentOrder,
): RankExplanation {
  const { upvoteCount: upvotes, downvoteCount: downvotes, createdAt } = row;
  switch (orderBy) {
    case 'BEST':
      return explained(
        '(p + z^2 / 2n - z * sqrt((p * (1 - p) + z^2 / 4n) / n)) / (1 + z^2 / n), with n = upvotes + downvotes and p = upvotes / n; 0 if n is 0',
        'The lower bound of the Wilson score interval (E. B. Wilson, 1927), as Evan Miller recommends for ranking (2009).',
        { upvotes, downvotes, z: WILSON_Z },
        wilsonLowerBound(upvotes, downvotes),
      );
    case 'TOP':
      return top(row);
    case 'NEWEST':
    case 'OLDEST':
      return time('createdAt', createdAt);
    case 'CONTROVERSIAL':
      return controversial(row);
  }
}
