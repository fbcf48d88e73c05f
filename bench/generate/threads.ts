import type { Random } from './random.ts';
import type { Size } from './sizes.ts';
import { threadSizes } from './thread-sizes.ts';

/** The forum's first and last moment. Fixed, so that the rows do not depend on the day of the run. */
export const FIRST_INSTANT = Date.UTC(2023, 0, 9);
export const LAST_INSTANT = Date.UTC(2026, 5, 30);

/** Every discussion in columns, in the order of time. */
export interface Threads {
  /** The index of its first comment, and at the end the number of all comments. */
  readonly firstComment: Int32Array;
  readonly createdAt: Float64Array;
  readonly author: Int32Array;
  readonly product: Int32Array;
}

export function threadColumns(size: Size, random: Random): Threads {
  const count = size.discussions;
  const comments = threadSizes(size, random);
  const firstComment = new Int32Array(count + 1);
  const createdAt = new Float64Array(count);
  const author = new Int32Array(count);
  const product = new Int32Array(count);
  const span = LAST_INSTANT - FIRST_INSTANT;
  for (let i = 0; i < count; i++) {
    firstComment[i + 1] = (firstComment[i] ?? 0) + (comments[i] ?? 0);
    createdAt[i] = FIRST_INSTANT + Math.floor(0.98 * span * random.unit());
    author[i] = Math.floor(size.authors * random.unit() ** 2);
    product[i] = Math.floor(size.products * random.unit() ** 1.5);
  }
  return { firstComment, createdAt: createdAt.sort(), author, product };
}
