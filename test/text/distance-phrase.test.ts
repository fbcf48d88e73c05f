import { utc } from '@date-fns/utc';
import { formatDistance } from 'date-fns';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distancePhrase } from '../../src/text/distance-phrase.ts';

const DAY = 86_400_000;
const [FIRST, LAST] = [Date.parse('1970-01-01T00:00:00Z'), Date.parse('2060-01-01T00:00:00Z')];

const expectSame = (from: number, now: number) => {
  const dates = [new Date(from), new Date(now)] as const;
  const which = dates.map((date) => date.toISOString()).join(' … ');
  expect(distancePhrase(...dates), which).toBe(formatDistance(...dates, { in: utc }));
};

test('a distance is written as date-fns writes it, whichever instant is first', () => {
  const instant = fc.integer({ min: FIRST, max: LAST });
  const near = fc.integer({ min: 0, max: 70 * DAY });
  fc.assert(
    fc.property(instant, instant, near, (from, now, distance) => {
      expectSame(from, now);
      expectSame(now - distance, now);
    }),
    { numRuns: 3_000 },
  );
});

test('so is one between days at the ends of months, a millisecond before and after', () => {
  // around the ends of months, February of leap years and of others included
  const days = Array.from({ length: 6 * 12 }, (_, month) =>
    [27, 28, 29, 30, 31, 32].map((day) => Date.UTC(2023, month, day, 12)),
  ).flat();
  const instant = fc.constantFrom(...days);
  fc.assert(
    fc.property(instant, instant, fc.integer({ min: -1, max: 1 }), (from, now, ms) => {
      expectSame(from + ms, now);
    }),
    { numRuns: 10_000 },
  );
});
