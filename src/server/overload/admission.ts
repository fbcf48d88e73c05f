import { performance } from 'node:perf_hooks';

export interface AdmissionSettings {
  /** How long requests may wait for the event loop before new ones are refused. 0: no request is refused for that. */
  readonly overloadWaitMs: number;
  /** The maximum number of operations in progress. */
  readonly inFlightMax: number;
}

export type Overload = 'WAITED_TOO_LONG' | 'TOO_MANY_IN_FLIGHT';

/** A short burst may wait longer than a queue that persists, by this factor. */
const BURST = 4;
/** A queue is over when no turn was long and nothing was refused for this time. */
const CALM_MS = 2000;

/** The limit of operations in progress changes once in this time. */
const WINDOW_MS = 100;
/** Even the fastest operation of a window took this many times the permitted wait: all of them queue. */
const QUEUED = 2;
const DECREASE = 0.8;
const INCREASE = 8;
/** SQLite's writes that share a commit, and several times PostgreSQL's connections, must fit. */
const LIMIT_MIN = 32;

/**
 * Decides which requests are answered when more arrive than the server can answer. Refusing costs a fraction of
 * answering, so the answered ones stay fast. Two queues are watched:
 *
 * - *The event loop.* In one turn it handles all requests that have arrived, so the last one has waited at least for as
 *   long as the turn has lasted. Refuses the rest of a turn that lasts too long: a multiple of `overloadWaitMs` in the
 *   first long turn, which may be a burst, and `overloadWaitMs` until the turns are short again. Requests that have
 *   waited behind others on their own connection are then refused too. The longest single request of a turn does not
 *   count: one slow request is no queue.
 * - *Operations in progress*, which wait for a connection or for the disk. Their limit falls while even the fastest
 *   operation is slow, and rises again when it is not (additive increase, multiplicative decrease). While it refuses,
 *   requests that have waited behind refused ones are refused too.
 */
export class Admission {
  readonly #settings: AdmissionSettings;
  readonly #now: () => number;
  readonly #atEndOfTurn: (callback: () => void) => void;

  /** When the first request of this turn of the event loop was decided on. Null: none has been. */
  #turnStartedAt: number | null = null;
  #lastRequestAt = 0;
  /** The longest time between two requests of this turn. */
  #longestRequestMs = 0;
  /** Until when requests are taken to queue. */
  #overloadedUntil = Number.NEGATIVE_INFINITY;

  #inFlight = 0;
  #peak = 0;
  #limit: number;
  #windowStartedAt = 0;
  #fastest = Number.POSITIVE_INFINITY;

  constructor(
    settings: AdmissionSettings,
    now = () => performance.now(),
    atEndOfTurn: (callback: () => void) => void = setImmediate,
  ) {
    this.#settings = settings;
    this.#now = now;
    this.#atEndOfTurn = atEndOfTurn;
    this.#limit = settings.inFlightMax;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** The present limit of operations in progress. */
  get limit(): number {
    return this.#limit;
  }

  /** Null if the request may run. Call it once for each request, before its body is read. */
  refusalOf(arrivedAt: number): Overload | null {
    const { overloadWaitMs } = this.#settings;
    const waited = this.#waitedMs();
    if (this.#inFlight >= this.#limit) {
      this.#overloadedUntil = this.#lastRequestAt + CALM_MS;
      return 'TOO_MANY_IN_FLIGHT';
    }
    if (overloadWaitMs === 0) return null;
    const isTooLong =
      this.#lastRequestAt < this.#overloadedUntil
        ? Math.max(waited, this.#lastRequestAt - arrivedAt) > overloadWaitMs
        : waited > BURST * overloadWaitMs;
    if (!isTooLong) return null;
    this.#overloadedUntil = this.#lastRequestAt + CALM_MS;
    return 'WAITED_TOO_LONG';
  }

  /** An operation begins, which `end` must follow. */
  begin(): void {
    this.#inFlight++;
    if (this.#inFlight > this.#peak) this.#peak = this.#inFlight;
  }

  /** `startedAt`: when its request was received. */
  end(startedAt: number): void {
    this.#inFlight--;
    const now = this.#now();
    this.#fastest = Math.min(this.#fastest, now - startedAt);
    if (now - this.#windowStartedAt < WINDOW_MS) return;
    const { inFlightMax, overloadWaitMs } = this.#settings;
    const isQueueing = overloadWaitMs > 0 && this.#fastest > QUEUED * overloadWaitMs;
    if (!isQueueing) this.#limit = Math.min(inFlightMax, this.#limit + INCREASE);
    // a slow operation alone says nothing about the limit
    else if (this.#peak >= this.#limit / 2)
      this.#limit = Math.min(inFlightMax, Math.max(LIMIT_MIN, Math.floor(this.#limit * DECREASE)));
    this.#windowStartedAt = now;
    this.#fastest = Number.POSITIVE_INFINITY;
    this.#peak = this.#inFlight;
  }

  /** The time since this turn's first request, without its longest single one. */
  #waitedMs(): number {
    const now = this.#now();
    if (this.#turnStartedAt === null) {
      this.#turnStartedAt = now;
      this.#longestRequestMs = 0;
      this.#atEndOfTurn(this.#endTurn);
    } else {
      this.#longestRequestMs = Math.max(this.#longestRequestMs, now - this.#lastRequestAt);
    }
    this.#lastRequestAt = now;
    return now - this.#turnStartedAt - this.#longestRequestMs;
  }

  readonly #endTurn = (): void => {
    if (this.#waitedMs() > this.#settings.overloadWaitMs)
      this.#overloadedUntil = this.#lastRequestAt + CALM_MS;
    this.#turnStartedAt = null;
  };
}
