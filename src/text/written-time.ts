import { distancePhrase } from './distance-phrase.ts';
import type { DocumentTime } from './imported-time.ts';
import { EARLIEST_MS, instantOfPhrase, LATEST_MS } from './relative-time.ts';

/** A date that no calendar of four-digit years has. */
export const OUT_OF_RANGE = Symbol('a date outside of the years 0001 to 9999');

/**
 * A time as people and programs write it: a phrase ("8 months ago", "an hour ago", "3 weeks", "yesterday") or a date
 * ("2024-03-03", "2024-03-03 09:30:00 UTC", "Sun, 03 Mar 2024 09:30:00 +0000", "Mar 3, 2024"). UTC if it names no zone.
 * Null if it is neither.
 */
export function readWrittenTime(text: string): DocumentTime | typeof OUT_OF_RANGE | null {
  const plain = text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim();
  const phrase = phraseOf(plain);
  if (phrase !== null) return { kind: 'phrase', phrase };
  const at = readWrittenDate(plain);
  return at instanceof Date ? { kind: 'exact', at } : at;
}

const phrases = new Map<string, string | null>();
const CACHED_PHRASES_MAX = 1_000;

/** The phrase that is printed for a text, itself if it is one. A document has few different ones, which take a while. */
function phraseOf(text: string): string | null {
  let phrase = phrases.get(text);
  if (phrase === undefined) {
    phrase = instantOfPhrase(text, REFERENCE) ? text : printedPhrase(text.toLowerCase());
    if (phrases.size === CACHED_PHRASES_MAX) phrases.clear();
    if (text.length < 100) phrases.set(text, phrase);
  }
  return phrase;
}

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:s|secs?|seconds?)$/, 1_000],
  [/^(?:m|mins?|minutes?)$/, MINUTE],
  [/^(?:h|hrs?|hours?)$/, HOUR],
  [/^(?:d|days?)$/, DAY],
  [/^(?:w|wks?|weeks?)$/, 7 * DAY],
  [/^(?:mo|mos|mths?|months?)$/, 0],
  [/^(?:y|yrs?|years?)$/, 0],
];
const WORDS: Readonly<Record<string, string>> = {
  'just now': 'less than a minute',
  now: 'less than a minute',
  today: 'less than a minute',
  yesterday: '1 day',
};
const AMOUNT =
  /^(?:(?:about|around|over|almost|nearly|approximately|~) ?)?(?<count>a few|an?|one|two|\d{1,4}) ?(?<unit>[a-z]+)(?: ago)?$/;
/** Any instant will do: a phrase hardly depends on it. */
const REFERENCE = new Date('2026-07-02T00:00:00Z');

/** The phrase that is printed for an amount such as "3 weeks" or "an hour". Null if the text is none. */
function printedPhrase(text: string): string | null {
  const word = WORDS[text];
  if (word !== undefined) return word;
  const { count = '', unit = '' } = AMOUNT.exec(text)?.groups ?? {};
  const ms = UNITS.find(([pattern]) => pattern.test(unit))?.[1];
  if (ms === undefined) return null;
  const n = { 'a few': 3, a: 1, an: 1, one: 1, two: 2 }[count] ?? Number(count);
  const at = new Date(REFERENCE);
  if (ms > 0) at.setTime(at.getTime() - n * ms);
  else at.setUTCMonth(at.getUTCMonth() - n * (unit.startsWith('y') ? 12 : 1));
  return at.getTime() < EARLIEST_MS ? null : distancePhrase(at, REFERENCE);
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = '(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const CLOCK =
  '(?:(?:,| at)?[ t](?<hour>\\d{1,2}):(?<minute>\\d\\d)(?::(?<second>\\d\\d)(?:[.,](?<fraction>\\d{1,9}))?)? ?(?<half>[ap]\\.?m\\.?)?)?';
const ZONE = ' ?(?<zone>z|utc|gmt|ut|[a-z]{3,4}|(?:utc|gmt)?[+-]\\d{1,2}(?::?\\d\\d)?)?(?: ?\\([a-z ]+\\))?';
const WEEKDAY = '(?:(?:sun|mon|tue|wed|thu|fri|sat)[a-z]*\\.?,? )?';
const DATES = [
  '(?<year>\\d{4})-(?<month>\\d{1,2})-(?<day>\\d{1,2})',
  '(?<year>\\d{4})/(?<month>\\d{1,2})/(?<day>\\d{1,2})',
  `${WEEKDAY}(?<day>\\d{1,2})(?:st|nd|rd|th)?[ -]${MONTH},?[ -](?<year>\\d{4})`,
  `${WEEKDAY}${MONTH} (?<day>\\d{1,2})(?:st|nd|rd|th)?,? (?<year>\\d{4})`,
  '(?<year>\\d{4})年(?<month>\\d{1,2})月(?<day>\\d{1,2})日',
].map((date) => new RegExp(`^${date}${CLOCK}${ZONE}$`));
/** The zones that RFC 2822 names. Others have several meanings. */
const ZONES: Readonly<Record<string, number>> = {
  z: 0,
  utc: 0,
  gmt: 0,
  ut: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};

/**
 * The instant of a date, its first moment if it has no time. An instant that falls into another year only because of its
 * zone is the first or last of year 1 or 9999. Null if the text is no date, or the day does not exist.
 */
export function readWrittenDate(text: string): Date | typeof OUT_OF_RANGE | null {
  const plain = text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase();
  if (/^[+-]\d{5,6}-\d\d-\d\d|^-\d{1,6}-\d\d-\d\d|^\d{5,}-\d\d-\d\d/.test(plain)) return OUT_OF_RANGE;
  const parts = DATES.map((date) => date.exec(plain)?.groups).find((groups) => groups !== undefined);
  if (!parts) return null;
  const {
    year = '',
    month = '',
    day = '',
    hour = '0',
    minute = '0',
    second = '0',
    fraction = '',
    half,
    zone,
  } = parts;
  const offset = offsetOf(zone);
  const hours = hoursOf(Number(hour), half);
  if (offset === null || hours === null || Number(minute) > 59 || Number(second) > 60) return null;
  const at = new Date(0);
  const monthIndex = /\d/.test(month) ? Number(month) - 1 : MONTHS.indexOf(month);
  at.setUTCFullYear(Number(year), monthIndex, Number(day));
  // Date turns 30 February into 1 March
  if (at.getUTCMonth() !== monthIndex || at.getUTCDate() !== Number(day)) return null;
  if (Number(year) === 0) return OUT_OF_RANGE;
  at.setUTCHours(
    hours,
    Number(minute),
    Math.min(Number(second), 59),
    Number(fraction.slice(0, 3).padEnd(3, '0')),
  );
  const ms = at.getTime() - offset;
  return new Date(Math.min(Math.max(ms, EARLIEST_MS), LATEST_MS));
}

/** In milliseconds. Null for a zone that is not known. */
function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return 0;
  const known = ZONES[zone];
  if (known !== undefined) return known * HOUR;
  const match = /([+-])(\d{1,2}):?(\d\d)?$/.exec(zone);
  if (!match) return null;
  const [, sign, hours, minutes = '0'] = match;
  if (Number(hours) > 18 || Number(minutes) > 59) return null;
  return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE);
}

function hoursOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour <= 23 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.startsWith('p') ? 12 : 0);
}
