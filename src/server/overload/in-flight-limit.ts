/** The limit changes once in this time. */
const WINDOW_MS = 100;
/** If even the fastest operation of a window took this many times the permitted wait, all of them queue. */
const QUEUED = 2;
const DECREASE = 0.8;
const INCREASE = 8;
/** SQLite's writes that share a commit, and several times PostgreSQL's connections, must fit. */
const LIMIT_MIN = 32;

/**
 * The limit of operations in progress, which wait for a connection or for the disk. It falls while even the fastest
 * operation is slow, and rises again when it is not (additive increase, multiplicative decrease).
 */
export class InFlightLimit {
  readonly #max: number;
  #inFlight = 0;
  #peak = 0;
  #limit: number;
  #windowStartedAt = 0;
  #fastest = Number.POSITIVE_INFINITY;

  constructor(max: number) {
    this.#max = max;
    this.#limit = max;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** The limit while only this share of the requests can be answered. A smaller share gets a shorter queue. */
  limitAt(share: number): number {
    return Math.max(Math.min(LIMIT_MIN, this.#limit), Math.floor(this.#limit * share));
  }

  begin(): void {
    this.#inFlight++;
    if (this.#inFlight > this.#peak) this.#peak = this.#inFlight;
  }

  /**
   * Ends an operation that was received `ms` ago. If that is more than twice `permittedMs`, it counts as queued. With a
   * `permittedMs` of 0, none does.
   */
  end(ms: number, permittedMs: number, now: number): void {
    this.#inFlight--;
    this.#fastest = Math.min(this.#fastest, ms);
    if (now - this.#windowStartedAt < WINDOW_MS) return;
    const isQueueing = permittedMs > 0 && this.#fastest > QUEUED * permittedMs;
    if (!isQueueing) this.#limit = Math.min(this.#max, this.#limit + INCREASE);
    // a slow operation alone says nothing about the limit
    else if (this.#peak >= this.#limit / 2)
      this.#limit = Math.min(this.#max, Math.max(LIMIT_MIN, Math.floor(this.#limit * DECREASE)));
    this.#windowStartedAt = now;
    this.#fastest = Number.POSITIVE_INFINITY;
    this.#peak = this.#inFlight;
  }
}
