import { distancePhrase, instantOfPhrase } from './relative-time.ts';

/** A point in time as a document gives it: to the millisecond, or as a phrase such as "8 months". */
export type GivenTime =
  | { readonly kind: 'exact'; readonly at: Date }
  | { readonly kind: 'phrase'; readonly phrase: string };

/** A given time as an instant, and what is needed to tell whether a stored one still says the same. */
export interface ImportedTime {
  readonly at: Date;
  /** True where the source gave a phrase or nothing. */
  readonly isApproximate: boolean;
  /** Whether a stored approximate instant still prints as the source has it. */
  fits(stored: Date): boolean;
}

/** A row's own time as far as imports are concerned. */
export interface StoredTime {
  readonly createdAt: Date;
  readonly createdAtIsApproximate: boolean;
}

/** The instant of a given time as of `asOf`. Null: the phrase reaches further back than there are instants. */
export function instantOf(given: GivenTime, asOf: Date): Date | null {
  return given.kind === 'exact' ? given.at : instantOfPhrase(given.phrase, asOf);
}

/** A time that is stored as it was given; where nothing is given, `at` is a guess that any stored time is as good as. */
export function importedTime(given: GivenTime | null, at: Date, asOf: Date): ImportedTime {
  if (given?.kind === 'exact') return { at, isApproximate: false, fits: () => false };
  if (given === null) return { at, isApproximate: true, fits: () => true };
  const printed = distancePhrase(at, asOf);
  return {
    at,
    isApproximate: true,
    fits: (stored) => stored <= asOf && distancePhrase(stored, asOf) === printed,
  };
}

/**
 * What a newer document changes in a row's time: nothing where the row has an exact one, or one that still prints as
 * the document's phrase. Otherwise an approximate time would grow younger or older with each import.
 */
export function restatedTime(stored: StoredTime, time: ImportedTime): Partial<StoredTime> {
  if (!stored.createdAtIsApproximate || time.fits(stored.createdAt)) return {};
  return { createdAt: time.at, createdAtIsApproximate: time.isApproximate };
}
