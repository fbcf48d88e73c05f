import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ago, phraseHoldsUntil } from '../../src/text/relative-time.ts';

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];
const NOW = Date.parse('2026-11-24T10:20:30.400Z');

/** By trying every second, and then every millisecond of the last one. */
function changesAt(at: number, now: number, withinMs: number): number {
  const isSame = (ms: number) => ago(at, ms) === ago(at, now);
  let before = now;
  while (before < now + withinMs && isSame(before + SECOND)) before += SECOND;
  while (before < now + withinMs && isSame(before + 1)) before += 1;
  return before + 1;
}

describe('up to when the words for a distance in time stay as they are', () => {
  test.each<[string, number]>([
    ['nothing', 0],
    ['29.999 seconds', 30 * SECOND - 1],
    ['30 seconds', 30 * SECOND],
    ['a minute and a half', 90 * SECOND],
    ['some minutes', 17 * MINUTE + 12_345],
    ['almost 45 minutes', 44 * MINUTE + 29_999],
    ['45 minutes', 44 * MINUTE + 30_000],
    ['an hour', HOUR],
    ['almost an hour and a half', 89 * MINUTE + 29_999],
    ['some hours', 7 * HOUR + 29 * MINUTE + 29_999],
    ['other hours', 7 * HOUR + 29 * MINUTE + 30_000],
    ['almost a day', DAY - HOUR],
    ['in the future', -5 * MINUTE],
  ])('is said to the millisecond for %s', (_what, age) => {
    expect(phraseHoldsUntil(NOW - age, NOW)).toBe(changesAt(NOW - age, NOW, 3 * HOUR));
  });

  test('is never said too late, and never more than six hours too early', () => {
    const age = fc.oneof(
      fc.integer({ min: 0, max: 2 * DAY }),
      fc.integer({ min: DAY, max: 70 * DAY }),
      fc.integer({ min: 0, max: 6 * 366 * DAY }),
    );
    const property = fc.property(age, fc.integer({ min: 0, max: 4 * 366 * DAY }), (ms, later) => {
      const now = NOW + later;
      const until = phraseHoldsUntil(now - ms, now);
      expect(until).toBeGreaterThan(now);
      // phrases never come back, so the last moment says it for all before it
      expect(ago(now - ms, until - 1)).toBe(ago(now - ms, now));
      expect(until - now).toBeLessThanOrEqual(6 * HOUR);
    });
    fc.assert(property, { numRuns: 3_000 });
  });

  test('is right through two years, from days of which months have none, or have a last one', () => {
    for (const from of ['2023-12-31T00:00:00Z', '2024-01-31T13:37:42.123Z', '2024-02-29T23:59:59.999Z']) {
      const at = Date.parse(from);
      for (let now = at; now < at + 800 * DAY; ) {
        const until = phraseHoldsUntil(at, now);
        expect(ago(at, until - 1), new Date(now).toISOString()).toBe(ago(at, now));
        now = until;
      }
    }
  });
});
