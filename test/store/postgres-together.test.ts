import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statement } from '../../src/store/index.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { postgresTitle, postgresUrl } from '../support/postgres.ts';

const PROCESS = statement<{ pid: number; given: number }>(
  'test_process',
  'SELECT pg_backend_pid() AS "pid", ?::int AS "given"',
);
const FAILING = statement<{ one: number }>('test_failing', 'SELECT 1 / ?::int AS "one"');
const TRANSACTION = statement<{ id: string }>(
  'test_transaction',
  'SELECT pg_current_xact_id()::text AS "id"',
);

describe.skipIf(postgresUrl() === null)(postgresTitle('concurrent statements on postgres'), () => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase('postgres');
  });
  afterAll(() => opened.close());

  const asked = (count: number) =>
    Promise.all(Array.from({ length: count }, (_, n) => opened.db.read.all(PROCESS, [n])));

  test('goes over one connection, each with its own answer', async () => {
    const answers = (await asked(8)).flat();
    expect(answers.map(({ given }) => given)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(1);
  });

  test('takes another one where it is more than eight', async () => {
    const answers = (await asked(20)).flat();
    expect(answers.map(({ given }) => given)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(3);
  });

  test('is answered, but for what fails', async () => {
    const { read } = opened.db;
    const all = [read.all(PROCESS, [1]), read.all(FAILING, [0]), read.all(FAILING, [1])];
    const settled = await Promise.allSettled(all);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((settled[1] as PromiseRejectedResult).reason).toMatchObject({ code: '22012' });
    expect(await read.all(FAILING, [1])).toEqual([{ one: 1 }]);
  });

  test('run in one transaction if they are sent in one, including the first read', async () => {
    const ids = await opened.db.transaction(async (tx) => {
      const together = await Promise.all([tx.all(TRANSACTION, []), tx.all(TRANSACTION, [])]);
      return [...together, await tx.all(TRANSACTION, [])].flat().map(({ id }) => id);
    });
    expect(new Set(ids).size).toBe(1);
  });
});
