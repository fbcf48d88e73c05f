import { type DestinationStream, type LevelWithSilent, type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * The program's log: one JSON object a line, times in UTC, levels as words. Fields are named one by one where a line is
 * written: never log whole requests, variables, bodies, headers or settings.
 */
export function createLog(level: LevelWithSilent, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** The time in which the same event is logged once, and the number of events that are told apart. */
const REPEAT_MS = 1000;
const KEYS_MAX = 1000;

/**
 * Keeps an event that happens a thousand times a second from filling the log: the first is logged at once, and the
 * number of those that followed it at the end of the second.
 */
export class RepeatedEvents<T> {
  readonly #recent = new Map<string, { readonly first: T; more: number }>();

  /** Calls `first` unless the same event happened within the last second. Returns what the first one returned. */
  record(key: string, first: () => T, followedBy: (first: T, more: number) => void): T {
    const known = this.#recent.get(key);
    if (known) {
      known.more++;
      return known.first;
    }
    // beyond this many, all others count as one event
    if (this.#recent.size > KEYS_MAX && key !== '') return this.record('', first, followedBy);
    const event = { first: first(), more: 0 };
    this.#recent.set(key, event);
    setTimeout(() => {
      this.#recent.delete(key);
      if (event.more > 0) followedBy(event.first, event.more);
    }, REPEAT_MS).unref();
    return event.first;
  }
}
