import { performance } from 'node:perf_hooks';
import { InFlightLimit } from './in-flight-limit.ts';

interface AdmissionSettings {
  /** How long requests may wait for the event loop before new ones are refused. 0: no request is refused for that. */
  readonly overloadWaitMs: number;
  /** The maximum number of operations in progress. */
  readonly inFlightMax: number;
}

export type Overload = 'WAITED_TOO_LONG' | 'TOO_MANY_IN_FLIGHT';

/** A short burst may wait longer than a queue that persists, by this factor. */
const BURST = 2;
/** The least share of the permitted wait that a turn may last, however few of the requests can be answered. */
const SHARE_MIN = 0.2;
/** A queue is over when no turn was long and nothing was refused for this time. */
const CALM_MS = 2000;
/** The share of the requests that is answered is counted anew in this time. */
const WINDOW_MS = 100;

/**
 * Decides which requests are answered when more arrive than the server can answer. Refusing costs a fraction of
 * answering, so the answered ones stay fast. Two queues are watched:
 *
 * - *The event loop.* In one turn it handles all requests that have arrived, so the last one has waited at least for as
 *   long as the turn has lasted. Refuses the rest of a turn that lasts too long: a multiple of `overloadWaitMs` in the
 *   first long turn, which may be a burst, and then, until the turns are short again, `overloadWaitMs` times the share of
 *   the requests that is answered. Requests that have waited behind others on their own connection are then refused too.
 *   The longest single request of a turn does not count: one slow request is no queue.
 * - *Operations in progress*, which wait for a connection or for the disk: see `InFlightLimit`. While their limit refuses,
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
  /** The end of the period in which requests count as queued. */
  #overloadedUntil = Number.NEGATIVE_INFINITY;

  /** The share of the requests that was admitted in the last window. */
  #share = 1;
  #countedFrom = 0;
  #requests = 0;
  #admitted = 0;

  readonly #operations: InFlightLimit;

  constructor(
    settings: AdmissionSettings,
    now = () => performance.now(),
    atEndOfTurn: (callback: () => void) => void = setImmediate,
  ) {
    this.#settings = settings;
    this.#now = now;
    this.#atEndOfTurn = atEndOfTurn;
    this.#operations = new InFlightLimit(settings.inFlightMax);
  }

  get inFlight(): number {
    return this.#operations.inFlight;
  }

  /** The present limit of operations in progress. */
  get limit(): number {
    return this.#operations.limitAt(this.#share);
  }

  /** Null if the request may run. Call it once for each request, before its body is read. */
  refusalOf(arrivedAt: number): Overload | null {
    const overload = this.verdictOn(arrivedAt);
    this.#count(1, overload === null ? 1 : 0);
    return overload;
  }

  /** The same without counting the request, which `countRefused` or `refusalOf` follows. */
  verdictOn(arrivedAt: number): Overload | null {
    const { overloadWaitMs } = this.#settings;
    const waited = this.#waitedMs();
    if (this.inFlight >= this.limit) {
      this.#overloadedUntil = this.#lastRequestAt + CALM_MS;
      return 'TOO_MANY_IN_FLIGHT';
    }
    if (overloadWaitMs === 0) return null;
    const isTooLong =
      this.#lastRequestAt < this.#overloadedUntil
        ? waited > overloadWaitMs * this.#share || this.#lastRequestAt - arrivedAt > overloadWaitMs
        : waited > BURST * overloadWaitMs;
    if (!isTooLong) return null;
    this.#overloadedUntil = this.#lastRequestAt + CALM_MS;
    return 'WAITED_TOO_LONG';
  }

  /** So many requests were refused together. */
  countRefused(requests: number): void {
    this.#count(requests, 0);
  }

  #count(requests: number, admitted: number): void {
    this.#requests += requests;
    this.#admitted += admitted;
    if (this.#lastRequestAt - this.#countedFrom < WINDOW_MS) return;
    this.#share = Math.max(SHARE_MIN, this.#admitted / this.#requests);
    this.#countedFrom = this.#lastRequestAt;
    this.#requests = 0;
    this.#admitted = 0;
  }

  /** An operation begins, which `end` must follow. */
  begin(): void {
    this.#operations.begin();
  }

  /** `startedAt`: when its request was received. */
  end(startedAt: number): void {
    const now = this.#now();
    this.#operations.end(now - startedAt, this.#settings.overloadWaitMs * this.#share, now);
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
