import { expect, test } from 'vitest';
import { unavailabilityOf } from '../../src/store/index.ts';
import { OutcomeUnknown } from '../../src/store/unavailable.ts';

const withCode = (code: string) => Object.assign(new Error('x'), { code });

test.each([
  ['SQLITE_FULL', 'DATABASE_FULL'],
  ['SQLITE_BUSY_SNAPSHOT', 'DATABASE_LOCKED'],
  ['SQLITE_READONLY_DIRECTORY', 'DATABASE_READ_ONLY'],
  ['SQLITE_READONLY_DBMOVED', 'DATABASE_MOVED'],
  ['SQLITE_IOERR_WRITE', 'DATABASE_UNREACHABLE'],
  ['SQLITE_CANTOPEN', 'DATABASE_UNREACHABLE'],
  ['ECONNREFUSED', 'DATABASE_UNREACHABLE'],
  ['08006', 'DATABASE_UNREACHABLE'],
  ['57P01', 'DATABASE_UNREACHABLE'],
  ['58030', 'DATABASE_UNREACHABLE'],
  ['53100', 'DATABASE_FULL'],
  ['53300', 'DATABASE_OVERLOADED'],
  ['25006', 'DATABASE_READ_ONLY'],
  ['55P03', 'DATABASE_LOCKED'],
  ['57014', 'DATABASE_LOCKED'],
  ['40001', 'DATABASE_LOCKED'],
  ['40P01', 'DATABASE_LOCKED'],
  ['P2034', 'DATABASE_LOCKED'],
])('%s means %s', (code, reason) => {
  expect(unavailabilityOf(withCode(code))).toBe(reason);
});

test.each([
  'SQLITE_IOERR_SHORT_READ',
  'SQLITE_CORRUPT',
  '23505',
  '22021',
  '42P01',
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_ERROR',
  'P2002',
  'ERR_ASSERTION',
])('%s is a fault of ours', (code) => {
  expect(unavailabilityOf(withCode(code))).toBeNull();
});

test.each([
  'Query read timeout',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'timeout exceeded when trying to connect',
])('%s, for which pg has no code, means that the database cannot be reached', (message) => {
  expect(unavailabilityOf(new Error(message))).toBe('DATABASE_UNREACHABLE');
});

test('an unanswered COMMIT means that the database cannot be reached', () => {
  expect(unavailabilityOf(new OutcomeUnknown(new Error('x')))).toBe('DATABASE_UNREACHABLE');
  expect(unavailabilityOf(new Error('something else'))).toBeNull();
  expect(unavailabilityOf('text')).toBeNull();
});

test("Prisma's errors mean what the driver's inside them does", () => {
  const prisma = (code: string, originalCode: string) =>
    Object.assign(new Error('\nInvalid `prisma.x()` invocation'), {
      code,
      meta: { driverAdapterError: { cause: { kind: 'postgres', originalCode, originalMessage: 'y' } } },
    });
  expect(unavailabilityOf(prisma('P2039', '57P01'))).toBe('DATABASE_UNREACHABLE');
  expect(unavailabilityOf(prisma('P2010', 'SQLITE_FULL'))).toBe('DATABASE_FULL');
  expect(unavailabilityOf(prisma('P1008', 'SQLITE_BUSY'))).toBe('DATABASE_LOCKED');
  expect(unavailabilityOf(prisma('P2002', 'SQLITE_CONSTRAINT_UNIQUE'))).toBeNull();
});
