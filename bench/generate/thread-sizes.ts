import type { Random } from './random.ts';
import type { Size } from './sizes.ts';

/** One thread in ten is never answered. */
const EMPTY_SHARE = 0.1;
/** The largest threads follow a power law: the second of 5,000 has 2,300. */
const TOP_EXPONENT = 1.12;
const TOP_COUNT = 10;
/** The largest threads hold at most this share of all comments, so that a small forum is not one thread. */
const TOP_SHARE_MAX = 0.25;
/** Of the others: log-normal, with the median 9 where the mean is 20. */
const SPREAD = 1.2;

/** How many comments each discussion has; in random order, and together exactly `size.comments`. */
export function threadSizes(size: Size, random: Random): Int32Array {
  const sizes = new Float64Array(size.discussions);
  let left = size.comments;
  let filled = 0;
  for (; filled < Math.min(TOP_COUNT, sizes.length); filled++) {
    const comments = Math.round(size.largestThread / (filled + 1) ** TOP_EXPONENT);
    if (filled > 0 && size.comments - left + comments > TOP_SHARE_MAX * size.comments) break;
    sizes[filled] = comments;
    left -= comments;
  }
  const top = filled;
  const answered = Math.max(top + 1, Math.round(sizes.length * (1 - EMPTY_SHARE)));
  let sum = 0;
  for (; filled < answered; filled++) {
    const comments = Math.exp(SPREAD * random.normal());
    sizes[filled] = comments;
    sum += comments;
  }
  return shuffled(toWholeNumbers(sizes, top, answered, left, left / sum), random);
}

/** Scales from `from` to `to` so that these add up to `total`, each at least 1. */
function toWholeNumbers(
  sizes: Float64Array,
  from: number,
  to: number,
  total: number,
  scale: number,
): Int32Array {
  const whole = Int32Array.from(sizes);
  let left = total;
  for (let i = from; i < to; i++) {
    const comments = Math.max(1, Math.round((sizes[i] ?? 0) * scale));
    whole[i] = comments;
    left -= comments;
  }
  for (let i = from; left !== 0; i = i + 1 === to ? from : i + 1) {
    const step = Math.sign(left);
    if ((whole[i] ?? 0) + step < 1) continue;
    whole[i] = (whole[i] ?? 0) + step;
    left -= step;
  }
  return whole;
}

function shuffled(values: Int32Array, random: Random): Int32Array {
  for (let i = values.length - 1; i > 0; i--) {
    const other = random.below(i + 1);
    [values[i], values[other]] = [values[other] ?? 0, values[i] ?? 0];
  }
  return values;
}
