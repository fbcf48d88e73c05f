import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { FixedWindows } from './fixed-window.ts';

interface StoreOptions {
  readonly keyPrefix: string;
  readonly points: number;
  readonly duration: number;
}

/**
 * Counts one allowance in this process's memory. A refused request consumes nothing, so a smaller one can still succeed.
 * Replaces the library's methods, which use the system clock: if that is set back by an hour, clients stay locked out for
 * an hour.
 */
export class MemoryStore extends RateLimiterMemory {
  readonly #windows: FixedWindows;

  constructor(options: StoreOptions, now?: () => number) {
    super(options);
    this.#windows = new FixedWindows(options.duration, now);
  }

  override async consume(key: string | number, count = 1): Promise<RateLimiterRes> {
    const { left, resetsInMs } = this.#windows.left(String(key), this.points);
    if (count > left) throw new RateLimiterRes(left, resetsInMs || this.msDuration, this.points - left);
    return this.#resultOf(this.#windows.consume(String(key), this.points, count));
  }

  override async reward(key: string | number, count = 1): Promise<RateLimiterRes> {
    return this.#resultOf(this.#windows.refund(String(key), this.points, count));
  }

  override async get(key: string | number): Promise<RateLimiterRes | null> {
    return this.#resultOf(this.#windows.left(String(key), this.points));
  }

  #resultOf({ left, resetsInMs }: { readonly left: number; readonly resetsInMs: number }): RateLimiterRes {
    return new RateLimiterRes(left, resetsInMs, this.points - left);
  }
}
