import { expect, test } from 'vitest';
import { instantOfIso } from '../../src/text/iso-instant.ts';

test.each([
  ['2026-03-01', '2026-03-01T00:00:00.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ['2026-03-01T09:30Z', '2026-03-01T09:30:00.000Z'],
  ['2026-03-01T09:30:15', '2026-03-01T09:30:15.000Z'],
  ['2026-03-01 09:30:15.250+02:00', '2026-03-01T07:30:15.250Z'],
  [' 2026-03-01t00:30z ', '2026-03-01T00:30:00.000Z'],
])('"%s" is %s', (text, instant) => {
  expect(instantOfIso(text)?.toISOString()).toBe(instant);
});

test.each([
  '2026-02-30',
  '2025-02-29',
  '2026-13-01',
  '2026-03-01T24:30',
  '2026-03',
  '1 March 2026',
  '8 months',
  '',
])('"%s" is no instant', (text) => {
  expect(instantOfIso(text)).toBe(null);
});
