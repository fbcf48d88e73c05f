/** How much a generated forum holds. */
export interface Size {
  readonly name: string;
  readonly authors: number;
  readonly categories: number;
  readonly products: number;
  readonly discussions: number;
  readonly comments: number;
  /** On discussions and comments together. */
  readonly votes: number;
  /** The comments of the largest thread; the next one has under half as many. */
  readonly largestThread: number;
  readonly relatedLinks: number;
}

const times = (factor: number, name: string): Size => ({
  ...{ name, categories: 20, products: 200, largestThread: 5_000, relatedLinks: 5 },
  authors: 10_000 * factor,
  discussions: 20_000 * factor,
  comments: 400_000 * factor,
  votes: 1_000_000 * factor,
});

/** Generated in a fraction of a second, and still with every depth, deleted comments and empty threads. */
const tiny: Size = {
  ...{ name: 'tiny', authors: 60, categories: 3, products: 8, discussions: 200, comments: 3_000 },
  ...{ votes: 6_000, largestThread: 400, relatedLinks: 5 },
};

/** The sizes that can be asked for. The largest thread is the same in all but the tiny one, so that growth shows beside it. */
export const sizes = {
  ...{ tiny, small: times(0.1, 'small'), full: times(1, 'full'), large: times(10, 'large') },
} as const;

export type SizeName = keyof typeof sizes;
