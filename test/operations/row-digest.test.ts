import { describe, expect, test } from 'vitest';
import {
  canonicalJson,
  comparableRow,
  isSame,
  NO_ROWS,
  rowForPostgres,
  withRows,
} from '../../src/operations/row-digest.ts';

describe('the digest of rows', () => {
  test('is the same in any order and in any batches', () => {
    const [a, b, c] = [[1, 'a'], [2, null], ['x']];
    const one = withRows(withRows(NO_ROWS, [a, b]), [c]);
    expect(isSame(one, withRows(NO_ROWS, [c, a, b]))).toBe(true);
  });

  test.each([
    ['a missing row', [[1, 'a']]],
    [
      'a repeated row',
      [
        [1, 'a'],
        [2, null],
        [2, null],
      ],
    ],
    [
      'a text instead of a number',
      [
        ['1', 'a'],
        [2, null],
      ],
    ],
    [
      'a text instead of null',
      [
        [1, 'a'],
        [2, 'null'],
      ],
    ],
    [
      'exchanged values',
      [
        [1, null],
        [2, 'a'],
      ],
    ],
  ])('differs for %s', (_, rows) => {
    expect(
      isSame(
        withRows(NO_ROWS, [
          [1, 'a'],
          [2, null],
        ]),
        withRows(NO_ROWS, rows),
      ),
    ).toBe(false);
  });
});

describe('a moved row', () => {
  const table = {
    name: 'any',
    columns: [
      { name: 'id', kind: 'plain' },
      { name: 'is_so', kind: 'boolean' },
      { name: 'at', kind: 'time' },
      { name: 'more', kind: 'json' },
    ],
  } as const;
  const here = { id: 'a', is_so: 1, at: 1_700_000_000_123, more: '{"b":[1,{"d":1,"c":null}],"a":"ü"}' };
  const there = {
    id: 'a',
    is_so: true,
    at: 1_700_000_000_123,
    more: '{"a": "ü", "b": [1, {"c": null, "d": 1}]}',
  };
  const nothing = { id: 'a', is_so: null, at: null, more: null };

  test('is sent in the form that PostgreSQL reads', () => {
    const more = { b: [1, { d: 1, c: null }], a: 'ü' };
    expect(rowForPostgres(table, here)).toEqual({
      id: 'a',
      is_so: true,
      at: '2023-11-14T22:13:20.123Z',
      more,
    });
    expect(rowForPostgres(table, nothing)).toEqual(nothing);
  });

  test('compares equal in both databases, and differs from one with nulls', () => {
    expect(comparableRow(table, here)).toEqual(comparableRow(table, there));
    expect(comparableRow(table, here)).not.toEqual(comparableRow(table, nothing));
    expect(canonicalJson('{"b":1,"a":2}')).toBe('{"a":2,"b":1}');
  });
});
