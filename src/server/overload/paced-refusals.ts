import { type EventLoopUtilization, performance } from 'node:perf_hooks';

/** Refusals that are sent at once after a pause. */
const AT_ONCE = 100;
/** The share of the time that refusing takes in a longer overload, beside the time in which the server is idle. */
const SHARE = 0.05;
const TICK_MS = 20;

export interface Refusal {
  /** Sends the answer. `isImmediate`: it must be sent before this returns. */
  send(isImmediate: boolean): void;
  /** The time that it will take after `send` has returned. */
  readonly laterMs: number;
  /** Whether the client has disconnected. */
  readonly isGone: boolean;
}

/**
 * Sends refusals in a bounded share of the time. Refusing costs a tenth of answering, so refusing everything at once
 * would leave little time for answering, and clients that ignore `Retry-After` would send their next request at once.
 */
export class PacedRefusals {
  #waiting: Refusal[] = [];
  #atOnce = AT_ONCE;
  #ticking: NodeJS.Timeout | null = null;
  #tickedAt = 0;
  /** The time that refusing took beyond what `laterMs` said. */
  #overranMs = 0;
  #utilization: EventLoopUtilization | undefined;

  /** The number of requests that wait for their refusal. */
  get waiting(): number {
    return this.#waiting.length;
  }

  add(refusal: Refusal): void {
    if (this.#atOnce > 0) {
      this.#atOnce--;
      refusal.send(false);
    } else {
      this.#waiting.push(refusal);
    }
    if (this.#ticking !== null) return;
    this.#tickedAt = performance.now();
    this.#utilization = performance.eventLoopUtilization();
    this.#ticking = setInterval(this.#tick, TICK_MS);
  }

  /** Refusing took so much longer than `laterMs`: the next ones wait for it. */
  overran(ms: number): void {
    this.#overranMs += ms;
  }

  /** Sends all that wait. */
  flush(): void {
    for (const refusal of this.#waiting.splice(0)) if (!refusal.isGone) refusal.send(true);
  }

  readonly #tick = (): void => {
    const startedAt = performance.now();
    const utilization = performance.eventLoopUtilization();
    const { idle } = performance.eventLoopUtilization(utilization, this.#utilization);
    this.#utilization = utilization;
    // timers are late when the server is busy
    const permittedMs = Math.max(SHARE * (startedAt - this.#tickedAt), idle);
    this.#tickedAt = startedAt;
    const isOverrun = this.#overranMs > permittedMs;
    let endsAt = startedAt + permittedMs - this.#overranMs;
    this.#overranMs = Math.max(0, this.#overranMs - permittedMs);
    if (isOverrun) return;
    let sent = 0;
    do {
      const refusal = this.#waiting[sent];
      if (!refusal) break;
      sent++;
      if (refusal.isGone) continue;
      refusal.send(false);
      endsAt -= refusal.laterMs;
    } while (performance.now() < endsAt);
    if (sent > 0) {
      this.#waiting = this.#waiting.slice(sent);
      return;
    }
    clearInterval(this.#ticking ?? undefined);
    this.#ticking = null;
    this.#atOnce = AT_ONCE;
  };
}
