// Counts what is done in this process's memory, and answers at once: for what is counted at every request. What all
// instances of a forum count together is counted by limiter.ts.
import { type AllowanceLeft, tooMany } from './limiter.ts';

interface Span {
  taken: number;
  /** Milliseconds of the system's clock. */
  readonly endsAt: number;
}

/** How much was done in the running span of each key. A span begins with the first that is taken after the last one. */
export class FixedWindows {
  readonly #perSeconds: number;
  readonly #now: () => number;
  /** All last as long, and the one that began last stands last: so the first is the first to end. */
  readonly #running = new Map<string, Span>();

  constructor(perSeconds: number, now: () => number = Date.now) {
    this.#perSeconds = perSeconds;
    this.#now = now;
  }

  /** Takes of the `points` that a key has in a span. Throws RATE_LIMITED, with nothing taken, where they are not left. */
  take(key: string, points: number, count: number): AllowanceLeft {
    const now = this.#now();
    const span = this.#spanOf(key, now) ?? this.#begin(key, now);
    if (span.taken + count > points) throw tooMany(span.endsAt - now);
    span.taken += count;
    return this.#leftOf(span, points, now);
  }

  /** What is left, with nothing taken. */
  left(key: string, points: number): AllowanceLeft {
    const now = this.#now();
    return this.#leftOf(this.#spanOf(key, now), points, now);
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#running.size;
  }

  #spanOf(key: string, now: number): Span | null {
    const span = this.#running.get(key);
    return span && span.endsAt > now ? span : null;
  }

  #begin(key: string, now: number): Span {
    for (const [ended, { endsAt }] of this.#running) {
      if (endsAt > now) break;
      this.#running.delete(ended);
    }
    const span: Span = { taken: 0, endsAt: now + this.#perSeconds * 1000 };
    this.#running.set(key, span);
    return span;
  }

  #leftOf(span: Span | null, points: number, now: number): AllowanceLeft {
    return {
      points,
      perSeconds: this.#perSeconds,
      left: points - (span?.taken ?? 0),
      resetsInMs: span ? span.endsAt - now : 0,
    };
  }
}
