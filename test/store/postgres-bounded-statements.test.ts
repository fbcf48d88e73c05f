import { describe, expect, test } from 'vitest';
import { openDatabase, statement } from '../../src/store/index.ts';
import { createPostgresDatabase, postgresTitle, postgresUrl } from '../support/postgres.ts';

describe('what clients can make up', () => {
  test.skipIf(postgresUrl() === null)(
    postgresTitle('leaves no more than a thousand statements with a connection'),
    async () => {
      const made = await createPostgresDatabase();
      const db = await openDatabase(made.url, { connections: 2 }); // one of them reads
      for (let n = 0; n < 1100; n++)
        await db.read.all(statement<{ n: number }>(`test.n${n}`, `SELECT ${n} AS n`), []);
      const held = statement<{ total: number }>(
        'test.held',
        'SELECT count(*) AS total FROM pg_prepared_statements',
      );
      const [row] = await db.read.all(held, []);
      expect(row?.total).toBeLessThanOrEqual(1000);
      expect(row?.total).toBeGreaterThan(500);
      await db.close();
      await made.drop();
    },
  );
});
