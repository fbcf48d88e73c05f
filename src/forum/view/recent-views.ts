/** Views of a discussion by the same viewer within this time after a counted one are not counted. */
export const VIEW_WINDOW_MS = 30 * 60 * 1000;
/** About 20 MB. If more are counted in a window, the oldest are forgotten and may be counted again. */
const RECENT_MAX = 100_000;

/**
 * Who has viewed what in the last half hour, in this process's memory and nowhere else: nobody learns from the database
 * what a viewer has read.
 */
export class RecentViews {
  readonly #now: () => number;
  /** When the window of each view ends, in the order in which they end. */
  readonly #endsAt = new Map<string, number>();

  /** `now` is a clock that never goes back. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether a view is the first in its window. If so, the window begins. */
  isFirst(view: string): boolean {
    const now = this.#now();
    const endsAt = this.#endsAt.get(view);
    if (endsAt !== undefined && endsAt > now) return false;
    this.#endsAt.delete(view);
    for (const [ended, end] of this.#endsAt) {
      if (end > now && this.size < RECENT_MAX) break;
      this.#endsAt.delete(ended);
    }
    this.#endsAt.set(view, now + VIEW_WINDOW_MS);
    return true;
  }

  /** The number of views in memory. */
  get size(): number {
    return this.#endsAt.size;
  }
}
