import { describe, expect, test } from 'vitest';
import { asked } from '../../src/graphql/columns.ts';
import { Loaders } from '../../src/graphql/execution/index.ts';
import { openDatabase, statement } from '../../src/store/index.ts';
import { createPostgresDatabase, postgresTitle, postgresUrl } from '../support/postgres.ts';

describe('what clients can make up', () => {
  test('gives no more choices of columns than are kept, and whole rows beyond', () => {
    const names = Array.from({ length: 12 }, (_, n) => `c${String.fromCharCode(97 + n)}`);
    const source = {
      name: 'made up',
      columns: ['id', ...names].join(', '),
      onlyFor: Object.fromEntries(names.map((name) => [name, `T.${name}`])),
    };
    const chosen = Array.from({ length: 1000 }, (_, n) => {
      const loaders = new Loaders();
      const selected = names.filter((_name, i) => n & (1 << i)).map((name) => `T.${name}`);
      loaders.isQuery = true;
      loaders.selectedFields = new Set(selected);
      return asked({ loaders }, source).columns;
    });
    expect(new Set(chosen).size).toBeLessThanOrEqual(201);
    expect(chosen.at(-1)).toBe(source.columns);
    expect(chosen[0]).toBe('id');
  });

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
