import { describe, expect, test } from 'vitest';
import { openDatabase, statement } from '../../src/store/index.ts';
import { createPostgresDatabase, postgresTitle, postgresUrl } from '../support/postgres.ts';

describe('what clients can make up', () => {
  // first, because the names of prepared statements are counted for the process
  test.skipIf(postgresUrl() === null)(
    postgresTitle('leaves none with a connection if its texts are varied by clients'),
    async () => {
      const made = await createPostgresDatabase();
      const db = await openDatabase(made.url, { connections: 2 });
      const ask = (isVaried: boolean, name: string) =>
        db.read.all({ ...statement<{ n: number }>(`test.${name}`, `SELECT 1 AS ${name}`), isVaried }, []);
      for (let n = 0; n < 20; n++) await ask(true, `varied${n}`);
      await ask(false, 'fixed');
      const held = statement<{ text: string }>(
        'test.held',
        "SELECT statement AS text FROM pg_prepared_statements WHERE statement LIKE 'SELECT 1 AS%'",
      );
      expect(await db.read.all(held, [])).toEqual([{ text: 'SELECT 1 AS fixed' }]);
      await db.close();
      await made.drop();
    },
  );

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
