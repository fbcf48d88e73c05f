import { expect, test } from 'vitest';
import { nameForm, nameKeysOf, WITHOUT_HANDLE } from '../../src/forum/author/name-keys.ts';

const formsOf = (name: string | null, handle: string | null = 'h') =>
  nameKeysOf({ name, handle }).map((key) => key.slice(0, key.indexOf(' ')));

test.each<[string | null, string[]]>([
  [null, ['h']],
  ['Ada Lovelace', ['ada-lovelace', 'h', 'lovelace']],
  ['Jürgen Müller', ['h', 'juergen-mueller', 'jurgen-muller', 'mueller', 'muller']],
  ['Édith Piaf', ['edith-piaf', 'h', 'piaf']],
  ['Nguyễn Văn', ['h', 'nguyen-van', 'van']],
  ['Søren', ['h', 'soren']],
  ['Иван Петров', ['h', 'ivan-petrov', 'petrov']],
  ['李 小龍', ['h', '小龍', '李-小龍']],
  ["O'Brien-Smith, Pat", ['brien-smith-pat', 'h', 'o-brien-smith-pat', 'pat', 'smith-pat']],
  ['🙂', ['h']],
])('%j is found by %j', (name, forms) => {
  expect(formsOf(name)).toEqual(forms);
});

test('each key ends with the handle; those of authors without one begin with what no name contains', () => {
  expect(nameKeysOf({ name: 'Ada B', handle: 'ada' })).toEqual(['ada ada', 'ada-b ada', 'b ada']);
  expect(nameKeysOf({ name: 'Ada B', handle: null })).toEqual([
    `${WITHOUT_HANDLE}ada-b`,
    `${WITHOUT_HANDLE}b`,
  ]);
});

test('a name of many words has few keys, and a long one short keys', () => {
  expect(formsOf(Array.from({ length: 50 }, (_, n) => n % 10).join(' '))).toHaveLength(11);
  const [longest = ''] = nameKeysOf({ name: '鱼'.repeat(100), handle: 'x'.repeat(40) }).sort(
    (a, b) => b.length - a.length,
  );
  // an index entry of PostgreSQL holds 2704 bytes
  expect(Buffer.byteLength(longest)).toBeLessThan(600);
});

test('a query has the form of keys', () => {
  expect(['MÜLLER', 'Jürgen M', 'ada-', 'ｍüller', '李', '_%', ' '].map(nameForm)).toEqual([
    ...['mueller', 'juergen-m', 'ada', 'mueller', '李', '', ''],
  ]);
});
