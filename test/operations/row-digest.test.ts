import { describe, expect, test } from 'vitest';
import { compared, sent } from '../../src/operations/moved-rows.ts';
import { canonicalJson, isSame, NO_ROWS, withRows } from '../../src/operations/row-digest.ts';

describe('the digest of rows', () => {
  test('is the same in any order and in any batches', () => {
    const [a, b, c] = [[1, 'a'], [2, null], ['x']];
    const one = withRows(withRows(NO_ROWS, [a, b]), [c]);
    expect(isSame(one, withRows(NO_ROWS, [c, a, b]))).toBe(true);
  });

  test.each([
    ['a row less', [[1, 'a']]],
    [
      'a row twice',
      [
        [1, 'a'],
        [2, null],
        [2, null],
      ],
    ],
    [
      'a text for a number',
      [
        ['1', 'a'],
        [2, null],
      ],
    ],
    [
      'a text for nothing',
      [
        [1, 'a'],
        [2, 'null'],
      ],
    ],
    [
      'values that changed places',
      [
        [1, null],
        [2, 'a'],
      ],
    ],
  ])('is another one for %s', (_, rows) => {
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

describe('a row that moves', () => {
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

  test('is sent in the forms that PostgreSQL reads', () => {
    const more = { b: [1, { d: 1, c: null }], a: 'ü' };
    expect(sent(table, here)).toEqual({ id: 'a', is_so: true, at: '2023-11-14T22:13:20.123Z', more });
    expect(sent(table, nothing)).toEqual(nothing);
  });

  test('compares alike on both sides, and not with one that has nothing', () => {
    expect(compared(table, here)).toEqual(compared(table, there));
    expect(compared(table, here)).not.toEqual(compared(table, nothing));
    expect(canonicalJson('{"b":1,"a":2}')).toBe('{"a":2,"b":1}');
  });
});
