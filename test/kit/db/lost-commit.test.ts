import type pg from 'pg';
import { expect, test } from 'vitest';
import { change, type Touched } from '../../../src/kit/db/index.ts';
import { createListeners } from '../../../src/kit/db/listeners.ts';
import { postgresTransaction } from '../../../src/kit/db/postgres/writer.ts';

const RENAME = change('test.rename', "UPDATE author SET name = 'x' WHERE id = ?");

/** Connections of a server that is lost as soon as it is asked for this. */
const losing = (lost: string) => ({
  connect: async () => ({
    query: async (asked: unknown) => {
      if (asked === lost) throw new Error('Connection terminated unexpectedly');
      return { rowCount: 1, rows: [{ id: 'a' }] };
    },
    release: () => {},
    connection: { stream: { cork: () => {}, uncork: () => {} } },
  }),
});

test.each([
  ['COMMIT', 1],
  ['BEGIN', 0],
])('what was touched is told where the server is lost at %s: %i times', async (lost, times) => {
  const told: Touched[] = [];
  const pool = losing(lost) as unknown as pg.Pool;
  const commits = createListeners<Touched>();
  commits.listen((marks) => told.push(marks));
  const transaction = postgresTransaction(pool, () => {}, false, commits);
  await expect(transaction(async (tx) => tx.run(RENAME, ['a']))).rejects.toThrow('Connection terminated');
  expect(told).toHaveLength(times);
  for (const marks of told) expect([...marks]).toContain('a');
});
