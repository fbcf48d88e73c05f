import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoTime } from '../../src/text/iso-time.ts';

test('a time is formatted as Date formats it', () => {
  const near = (ms: number) => fc.integer({ min: ms - 100_000, max: ms + 100_000 });
  const times = fc.oneof(
    fc.integer({ min: -8.64e15, max: 8.64e15 }),
    near(0),
    near(Date.UTC(2024, 1, 29)),
    near(Date.UTC(10_000, 0, 1)),
    fc.integer({ min: 0, max: 4e12 }),
  );
  fc.assert(
    fc.property(times, (ms) => {
      expect(isoTime(ms)).toBe(new Date(ms).toISOString());
    }),
    { numRuns: 2000 },
  );
  expect(() => isoTime(Number.NaN)).toThrow(RangeError);
});
