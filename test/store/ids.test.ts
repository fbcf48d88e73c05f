import { decodeTime } from 'ulid';
import { expect, test } from 'vitest';
import { newId } from '../../src/store/ids.ts';

test('an id is a lower-case ULID that carries the time that is given', () => {
  const id = newId(new Date('2022-11-24T03:00:00.123Z'));
  expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/);
  expect(new Date(decodeTime(id.toUpperCase())).toISOString()).toBe('2022-11-24T03:00:00.123Z');
});

test('ids of one millisecond sort in the order in which they were made, whatever was made in between', () => {
  const ids = Array.from({ length: 5_000 }, (_, i) => {
    newId(1_000 + i);
    return newId(1_700_000_000_000);
  });
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(5_000);
});

test('an older time sorts before a newer one, and times before 1970 count as 1970', () => {
  expect(newId(1_000) < newId(1_001)).toBe(true);
  expect(newId(new Date('1950-01-01')).slice(0, 10)).toBe('0000000000');
});
