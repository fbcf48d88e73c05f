import { expect, test } from 'vitest';
import { filesBelow } from './source-files.ts';

test('a request writes by prepared statements: only commands call `db.write`, which is Prisma', () => {
  const callers = filesBelow('src').filter(({ text }) => /\bdb\.write\(/.test(text));
  const others = callers.filter(({ name }) => !/^src\/(import|operations)\//.test(name));
  expect(others.map(({ name }) => `${name}: use db.transaction`)).toEqual([]);
  expect(callers.length).toBeGreaterThan(0);
});
