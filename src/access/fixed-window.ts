// Counts what every request costs, synchronously and in this process's memory. For counts that instances share, see
// limiter.ts.
import { type AllowanceLeft, tooMany } from './allowance.ts';

interface Window {
  consumed: number;
  /** In milliseconds of a clock that never goes back. */
  readonly endsAt: number;
}

/** Fixed windows by key. A window begins with the first points that are consumed after the previous one has ended. */
export class FixedWindows {
  readonly #perSeconds: number;
  readonly #now: () => number;
  /** In the order in which they began. All have the same length, so this is also the order in which they end. */
  readonly #running = new Map<string, Window>();

  constructor(perSeconds: number, now: () => number = () => performance.now()) {
    this.#perSeconds = perSeconds;
    this.#now = now;
  }

  /**
   * Consumes `count` of the `points` that a key has in a window. Throws RATE_LIMITED, and consumes nothing, if fewer are
   * left.
   */
  consume(key: string, points: number, count: number): AllowanceLeft {
    const now = this.#now();
    const window = this.#windowOf(key, now) ?? this.#begin(key, now);
    if (window.consumed + count > points) throw tooMany(window.endsAt - now);
    window.consumed += count;
    return this.#leftOf(window, points, now);
  }

  /** Consumes `count` of the points, or what is left of them if there are fewer. */
  consumeUpTo(key: string, points: number, count: number): AllowanceLeft {
    const now = this.#now();
    const window = this.#windowOf(key, now) ?? this.#begin(key, now);
    window.consumed = Math.max(window.consumed, Math.min(points, window.consumed + count));
    return this.#leftOf(window, points, now);
  }

  /** Adds points that have been used already, possibly more than are left. */
  record(key: string, count: number): void {
    const now = this.#now();
    (this.#windowOf(key, now) ?? this.#begin(key, now)).consumed += count;
  }

  /** What is left, negative if more was recorded. Consumes nothing. */
  left(key: string, points: number): AllowanceLeft {
    const now = this.#now();
    return this.#leftOf(this.#windowOf(key, now), points, now);
  }

  /**
   * Gives back points of a window that has not ended. `since`: when they were consumed, by the clock of `now`. If
   * omitted, the window that runs now gets them, whichever they were from.
   */
  refund(key: string, points: number, count: number, since = Infinity): AllowanceLeft {
    const now = this.#now();
    const window = this.#windowOf(key, now);
    const beganAt = window ? window.endsAt - this.#perSeconds * 1000 : 0;
    if (window && beganAt <= since) window.consumed = Math.max(0, window.consumed - count);
    return this.#leftOf(window, points, now);
  }

  /** The number of keys in memory. */
  get size(): number {
    return this.#running.size;
  }

  #windowOf(key: string, now: number): Window | null {
    const window = this.#running.get(key);
    return window && window.endsAt > now ? window : null;
  }

  #begin(key: string, now: number): Window {
    for (const [ended, { endsAt }] of this.#running) {
      if (endsAt > now) break;
      this.#running.delete(ended);
    }
    const window: Window = { consumed: 0, endsAt: now + this.#perSeconds * 1000 };
    this.#running.set(key, window);
    return window;
  }

  #leftOf(window: Window | null, points: number, now: number): AllowanceLeft {
    return {
      points,
      perSeconds: this.#perSeconds,
      left: points - (window?.consumed ?? 0),
      resetsInMs: window ? window.endsAt - now : 0,
    };
  }
}
