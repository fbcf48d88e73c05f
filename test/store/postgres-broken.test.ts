import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { change, statement } from '../../src/store/index.ts';
import { openTestDatabase } from '../support/database.ts';
import { onServer, postgresTitle, postgresUrl } from '../support/postgres.ts';

const PROCESS = statement<{ pid: number }>('test_process_id', 'SELECT pg_backend_pid() AS "pid"');

test.skipIf(postgresUrl() === null)(
  postgresTitle('a connection that breaks in the middle of a transaction fails it, and nothing else'),
  async () => {
    const { db, close } = await openTestDatabase('postgres');
    const broken = db.transaction(async (tx) => {
      const [row] = await tx.all(PROCESS, []);
      await onServer(`SELECT pg_terminate_backend(${row?.pid})`);
      await sleep(100); // the client notices while no statement runs
      return tx.all(PROCESS, []);
    });
    await expect(broken).rejects.toThrow();
    expect(await db.transaction(async (tx) => (await tx.all(PROCESS, [])).length)).toBe(1);
    await close();
  },
);

const NAMES = statement<{ id: string }>('test_names', 'SELECT id FROM category');
const add = (id: string) =>
  change(`test_add_${id}`, `INSERT INTO category (id, slug, name) VALUES ('${id}', '${id}', 'A')`, {
    table: 'category',
    sets: null,
    by: [],
  });

test.skipIf(postgresUrl() === null)(
  postgresTitle('a transaction is over for what it has started and not waited for'),
  async () => {
    const { db, close } = await openTestDatabase('postgres');
    let late: Promise<unknown> = Promise.resolve();
    const failing = db.transaction(async (tx) => {
      late = sleep(50).then(() => tx.run(add('late'), []));
      late.catch(() => {});
      throw new Error('The first part has failed.');
    });
    await expect(failing).rejects.toThrow('The first part has failed.');
    await expect(late).rejects.toThrow('The transaction has ended.');
    expect(await db.read.all(NAMES, [])).toEqual([]);
    await close();
  },
);

test.skipIf(postgresUrl() === null)(
  postgresTitle(
    'a transaction with a failed statement is not acknowledged, even if its caller has caught the error',
  ),
  async () => {
    const { db, close } = await openTestDatabase('postgres');
    const swallowing = db.transaction(async (tx) => {
      await tx.run(add('first'), []);
      await Promise.resolve(tx.run(add('first'), [])).catch(() => {});
    });
    await expect(swallowing).rejects.toThrow('A statement of this transaction has failed.');
    expect(await db.read.all(NAMES, [])).toEqual([]);
    await close();
  },
);

test.skipIf(postgresUrl() === null)(
  postgresTitle(
    'connections that break while they are read from fail what is under way, and the next reads go on',
  ),
  async () => {
    const { db, close } = await openTestDatabase('postgres');
    const slow = statement<{ pid: number }>(
      'test_slow',
      'SELECT pg_backend_pid() AS "pid" FROM pg_sleep(30) AS pause',
    );
    // in one packet on one connection, and on another one
    const together = Promise.allSettled([db.read.all(slow, []), db.read.all(PROCESS, [])]);
    await sleep(50);
    const apart = Promise.allSettled([db.read.all(slow, [])]);
    await sleep(100);
    await onServer(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid()",
    );
    const outcomes = [...(await together), ...(await apart)];
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await db.read.all(NAMES, [])).toEqual([]);
    await close();
  },
);
