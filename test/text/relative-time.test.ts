import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { distancePhrase } from '../../src/text/distance-phrase.ts';
import { ago, instantOfPhrase, rangeOfPhrase } from '../../src/text/relative-time.ts';

const upTo = (count: number, phrase: (n: number) => string, from = 1) =>
  Array.from({ length: count - from + 1 }, (_, i) => phrase(from + i));
const s = (n: number) => (n === 1 ? '' : 's');

/** Every phrase that formatDistance can print, for as many years as a forum will see. */
const PHRASES = [
  'less than a minute',
  ...upTo(44, (n) => `${n} minute${s(n)}`),
  ...upTo(24, (n) => `about ${n} hour${s(n)}`),
  ...upTo(30, (n) => `${n} day${s(n)}`),
  ...upTo(2, (n) => `about ${n} month${s(n)}`),
  ...upTo(12, (n) => `${n} months`, 2),
  ...upTo(60, (n) => `about ${n} year${s(n)}`),
  ...upTo(60, (n) => `over ${n} year${s(n)}`),
  ...upTo(60, (n) => `almost ${n} years`, 2),
];

/** Month ends, leap days, the days on which clocks change, and moments around midnight. */
const MOMENTS = [
  '2026-11-24T03:00:00.000Z',
  '2026-12-31T23:59:59.999Z',
  '2027-01-01T00:00:00.000Z',
  '2024-02-29T12:00:00.000Z',
  '2025-02-28T23:30:00.000Z',
  '2025-03-01T00:00:00.000Z',
  '2026-03-29T01:30:00.000Z',
  '2026-10-25T01:30:00.000Z',
  '2026-03-08T07:30:00.000Z',
  '2026-11-01T06:30:00.000Z',
  '2026-04-30T22:00:00.001Z',
  '2026-08-31T10:00:00.500Z',
].map((text) => new Date(text));

const ZONES = ['UTC', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Kiritimati'];
const homeZone = process.env['TZ'];

afterEach(() => {
  if (homeZone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = homeZone;
});

describe.each(ZONES)('on a machine in %s', (zone) => {
  test.each(MOMENTS)(
    'every phrase printed at %s is printed again for the instant that it is read as',
    (asOf) => {
      process.env['TZ'] = zone;
      for (const phrase of PHRASES) {
        const instant = instantOfPhrase(phrase, asOf);
        expect(instant && distancePhrase(instant, asOf), phrase).toBe(phrase);
      }
    },
  );

  test('the instant of a phrase is the same as elsewhere', () => {
    process.env['TZ'] = zone;
    const asOf = new Date('2026-11-24T03:00:00.000Z');
    expect(instantOfPhrase('8 months', asOf)?.toISOString()).toBe('2026-03-29T03:00:30.000Z');
    expect(instantOfPhrase('almost 4 years', asOf)?.toISOString()).toBe('2023-01-09T03:00:00.000Z');
  });
});

test('at any moment a phrase describes the instant that it is parsed as', () => {
  const moment = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(moment, fc.constantFrom(...PHRASES), (asOf, phrase) => {
      const instant = instantOfPhrase(phrase, asOf);
      return instant !== null && distancePhrase(instant, asOf) === phrase;
    }),
    { numRuns: 2_000 },
  );
});

test('every instant lies in the range of its phrase', () => {
  const asOf = new Date('2026-11-24T03:00:00.000Z');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 * 365 * 86_400_000 }), (distance) => {
      const at = asOf.getTime() - distance;
      const range = rangeOfPhrase(distancePhrase(new Date(at), asOf), asOf);
      return range !== null && range.from.getTime() <= at && at <= range.to.getTime();
    }),
    { numRuns: 1_000 },
  );
});

test('a range ends where the neighbouring phrases begin', () => {
  const asOf = new Date('2026-11-24T03:00:00.000Z');
  const range = rangeOfPhrase('almost 4 years', asOf);
  expect(range && distancePhrase(range.from, asOf)).toBe('almost 4 years');
  expect(range && distancePhrase(range.to, asOf)).toBe('almost 4 years');
  expect(range && distancePhrase(new Date(range.from.getTime() - 1), asOf)).toBe('about 4 years');
  expect(range && distancePhrase(new Date(range.to.getTime() + 1), asOf)).toBe('over 3 years');
});

test('case, spacing and "ago" do not matter', () => {
  const asOf = new Date('2026-11-24T03:00:00.000Z');
  expect(instantOfPhrase('  Almost  4 YEARS ago ', asOf)).toEqual(instantOfPhrase('almost 4 years', asOf));
});

test.each([
  'in 3 days',
  '45 minutes',
  'about 25 hours',
  '31 days',
  '1 months',
  'yesterday',
  '',
  '3',
  'ago',
  'about 3 days',
])('no instant prints as "%s"', (phrase) => {
  expect(instantOfPhrase(phrase, new Date('2026-11-24T03:00:00.000Z'))).toBe(null);
});

test('a phrase that reaches back before the year 1 has no instant', () => {
  expect(rangeOfPhrase('about 3000 years', new Date('2026-11-24T03:00:00.000Z'))).toBe(null);
});

test('ago never describes the future', () => {
  const now = new Date('2026-11-24T03:00:00.000Z');
  expect(ago(now.getTime() + 86_400_000, now)).toBe('less than a minute ago');
  expect(ago(now.getTime() - 86_400_000, now)).toBe('1 day ago');
});
