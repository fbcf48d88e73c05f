// Counts in this process's memory, synchronously, for what every request counts. limiter.ts counts what all instances of
// a forum share.
import { type AllowanceLeft, tooMany } from './limiter.ts';

interface Window {
  taken: number;
  /** In milliseconds of the system's clock. */
  readonly endsAt: number;
}

/** Fixed windows by key. A window begins with the first points that are taken after the previous one has ended. */
export class FixedWindows {
  readonly #perSeconds: number;
  readonly #now: () => number;
  /** In the order in which they began. All have the same length, so this is also the order in which they end. */
  readonly #running = new Map<string, Window>();

  constructor(perSeconds: number, now: () => number = Date.now) {
    this.#perSeconds = perSeconds;
    this.#now = now;
  }

  /** Takes `count` of the `points` that a key has in a window. Throws RATE_LIMITED, with nothing taken, if fewer are left. */
  take(key: string, points: number, count: number): AllowanceLeft {
    const now = this.#now();
    const window = this.#windowOf(key, now) ?? this.#begin(key, now);
    if (window.taken + count > points) throw tooMany(window.endsAt - now);
    window.taken += count;
    return this.#leftOf(window, points, now);
  }

  /** What is left, without taking anything. */
  left(key: string, points: number): AllowanceLeft {
    const now = this.#now();
    return this.#leftOf(this.#windowOf(key, now), points, now);
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
    const window: Window = { taken: 0, endsAt: now + this.#perSeconds * 1000 };
    this.#running.set(key, window);
    return window;
  }

  #leftOf(window: Window | null, points: number, now: number): AllowanceLeft {
    return {
      points,
      perSeconds: this.#perSeconds,
      left: points - (window?.taken ?? 0),
      resetsInMs: window ? window.endsAt - now : 0,
    };
  }
}
