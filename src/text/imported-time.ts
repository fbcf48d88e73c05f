import { distancePhrase } from './distance-phrase.ts';
import { instantOfPhrase } from './relative-time.ts';

/** A time as a document states it: an exact time, or a phrase such as "8 months". */
export type DocumentTime =
  | { readonly kind: 'exact'; readonly at: Date }
  | { readonly kind: 'phrase'; readonly phrase: string };

/** A document's time as an instant, with a test of whether a stored instant agrees with it. */
export interface ImportedTime {
  readonly at: Date;
  /** True if the document states a phrase or no time. */
  readonly isApproximate: boolean;
  /** Whether a stored approximate instant reads as the document's time. */
  agreesWith(stored: Date): boolean;
}

/** The time columns of a row that imports may change. */
export interface StoredTime {
  readonly createdAt: Date;
  readonly createdAtIsApproximate: boolean;
}

/** The instant of a document's time as of `asOf`. Null if a phrase reaches back before the year 1. */
export function instantOf(time: DocumentTime, asOf: Date): Date | null {
  return time.kind === 'exact' ? time.at : instantOfPhrase(time.phrase, asOf);
}

/** The time to store, with its instant `at`. If the document states no time, `at` is a guess, and every stored time agrees. */
export function importedTime(time: DocumentTime | null, at: Date, asOf: Date): ImportedTime {
  if (time?.kind === 'exact') {
    const agreesWith = (stored: Date) =>
      stored <= asOf && distancePhrase(stored, asOf) === distancePhrase(at, asOf);
    return { at, isApproximate: false, agreesWith };
  }
  if (time === null) return { at, isApproximate: true, agreesWith: () => true };
  const printed = distancePhrase(at, asOf);
  return {
    at,
    isApproximate: true,
    agreesWith: (stored) => stored <= asOf && distancePhrase(stored, asOf) === printed,
  };
}

/**
 * The changes that a newer document makes to a row's time. None if the row's time is exact or still reads as the
 * document's phrase: otherwise an approximate time would drift with each import.
 */
export function restatedTime(stored: StoredTime, time: ImportedTime): Partial<StoredTime> {
  if (!stored.createdAtIsApproximate) return {};
  if (time.isApproximate && time.agreesWith(stored.createdAt)) return {};
  return { createdAt: time.at, createdAtIsApproximate: time.isApproximate };
}

/** Whether a stored time may be the document's. Exact ones are equal, or one is a day and the other a time on that day. */
export function readsAlike(time: ImportedTime, stored: StoredTime): boolean {
  if (time.isApproximate || stored.createdAtIsApproximate) return time.agreesWith(stored.createdAt);
  const [one, other] = [time.at.toISOString(), stored.createdAt.toISOString()];
  if (one === other) return true;
  const isDay = one.endsWith(MIDNIGHT) || other.endsWith(MIDNIGHT);
  return isDay && one.slice(0, 10) === other.slice(0, 10);
}

const MIDNIGHT = 'T00:00:00.000Z';
