import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { statement } from '../../../src/kit/db/index.ts';
import { openTestDatabase } from '../database.ts';
import { onServer, postgresTitle, postgresUrl } from '../postgres.ts';

const PROCESS = statement<{ pid: number }>('test_process_id', 'SELECT pg_backend_pid() AS "pid"');

test.skipIf(postgresUrl() === null)(
  postgresTitle('a connection that breaks in the middle of a transaction fails it, and nothing else'),
  async () => {
    const { db, close } = await openTestDatabase('postgres');
    const broken = db.transaction(async (tx) => {
      const [row] = await tx.all(PROCESS, []);
      await onServer(`SELECT pg_terminate_backend(${row?.pid})`);
      await sleep(100); // it is heard of here while nothing is asked
      return tx.all(PROCESS, []);
    });
    await expect(broken).rejects.toThrow();
    expect(await db.transaction(async (tx) => (await tx.all(PROCESS, [])).length)).toBe(1);
    await close();
  },
);
