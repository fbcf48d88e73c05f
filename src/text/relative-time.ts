import { distancePhrase } from './distance-phrase.ts';

/** The instants that one phrase describes, from `from` to `to`, both included. */
interface TimeRange {
  readonly from: Date;
  readonly to: Date;
}

/** The first and the last instant that both PostgreSQL and ISO 8601 write with a year of four digits. */
export const EARLIEST_MS = Date.parse('0001-01-01T00:00:00Z');
export const LATEST_MS = Date.parse('9999-12-31T23:59:59.999Z');

const PHRASE =
  /^(?:(?<less>less than (?:a|1) minute)|(?<about>about |over |almost )?(?<count>\d{1,4}) (?<unit>minute|hour|day|month|year)s?)(?: ago)?$/;

/** For example "almost 4 years ago". An instant after `now` counts as now. */
export function ago(at: Date | number, now: Date | number): string {
  const nowMs = Number(now);
  return `${distancePhrase(new Date(Math.min(Number(at), nowMs)), new Date(nowMs))} ago`;
}

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];

/**
 * Until when `ago(at, now)` stays the same. Exact for minutes and hours, and at most six hours too early for what is
 * older. Phrases change where the rounded minutes do, half a minute before a whole one; from a day on only at multiples
 * of six hours, or where calendar months are counted, at that time of the day or at the end of a day.
 */
export function phraseHoldsUntil(at: number, now: number): number {
  if (at > now) return at + 30 * SECOND;
  const rounded = now - at + 30 * SECOND;
  const next = (step: number, since: number, offset = 0) =>
    since + (Math.floor((now - since - offset) / step) + 1) * step + offset;
  if (rounded < 45 * MINUTE) return next(MINUTE, at, -30 * SECOND);
  if (rounded < 90 * MINUTE) return at + 90 * MINUTE - 30 * SECOND;
  if (rounded < 24 * HOUR)
    return Math.min(next(HOUR, at, 30 * MINUTE - 30 * SECOND), at + 24 * HOUR - 30 * SECOND);
  return Math.min(next(6 * HOUR, at, -30 * SECOND), next(6 * HOUR, at), next(24 * HOUR, 0));
}

/**
 * The instants that this phrase describes at `asOf`: `distancePhrase(instant, asOf)` returns the phrase for each of them.
 * Null if there is none since the year 1 ("45 minutes", "in 3 days", "yesterday").
 */
export function rangeOfPhrase(phrase: string, asOf: Date): TimeRange | null {
  const rank = rankOf(phrase);
  if (rank === null) return null;
  const nearest = firstDistance(asOf, (r) => r >= rank);
  const beyond = firstDistance(asOf, (r) => r > rank);
  if (nearest === null || beyond === null || nearest === beyond) return null;
  return { from: new Date(asOf.getTime() - beyond + 1), to: new Date(asOf.getTime() - nearest) };
}

/** The middle of `rangeOfPhrase`: the best guess for something that a page describes as "8 months" old. */
export function instantOfPhrase(phrase: string, asOf: Date): Date | null {
  const range = rangeOfPhrase(phrase, asOf);
  return range && new Date(Math.floor((range.from.getTime() + range.to.getTime()) / 2));
}

/**
 * A number that orders phrases by their distance. Null for other texts. The order follows the table in the documentation
 * of date-fns' `formatDistance`: "about 2 months" ends where "2 months" begins, at 60 days.
 */
function rankOf(text: string): number | null {
  const match = PHRASE.exec(text.trim().toLowerCase().replaceAll(/\s+/g, ' '));
  if (!match?.groups) return null;
  const { less, about = '', count = '', unit = '' } = match.groups;
  if (less) return 0;
  const n = Number(count);
  switch (`${about}${unit}`) {
    case 'minute':
      return 100 + n;
    case 'about hour':
      return 200 + n;
    case 'day':
      return 300 + n;
    case 'about month':
      return 400 + n;
    case 'month':
      return 500 + n;
    case 'about year':
      return 1_000 + 3 * n;
    case 'over year':
      return 1_001 + 3 * n;
    case 'almost year':
      return 1_002 + 3 * (n - 1);
    default:
      return null;
  }
}

/** The smallest distance in milliseconds whose phrase is far enough, by binary search. Null: none since the year 1. */
function firstDistance(asOf: Date, isFarEnough: (rank: number) => boolean): number | null {
  const isFar = (ms: number) =>
    isFarEnough(rankOf(distancePhrase(new Date(asOf.getTime() - ms), asOf)) ?? -1);
  let near = 0;
  let far = asOf.getTime() - EARLIEST_MS;
  if (far < 0 || !isFar(far)) return null;
  if (isFar(near)) return near;
  while (far - near > 1) {
    const middle = Math.floor((near + far) / 2);
    if (isFar(middle)) far = middle;
    else near = middle;
  }
  return far;
}
