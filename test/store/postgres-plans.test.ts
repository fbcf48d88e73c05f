import { describe, expect, test } from 'vitest';
import { openDatabase, statement } from '../../src/store/index.ts';
import { openTestDatabase } from '../support/database.ts';
import { postgresTitle, postgresUrl } from '../support/postgres.ts';

describe.skipIf(postgresUrl() === null)(postgresTitle('a list of keys on postgres'), () => {
  test('is planned a few times and then no more, however few there are', async () => {
    const opened = await openTestDatabase('postgres');
    const db = await openDatabase(opened.url, { connections: 2 }); // one reads
    const byId = statement('test_by_id', (d) => `SELECT id FROM author WHERE ${d.inList('id')}`);
    const found = statement('test_found', (d) => `SELECT t.id FROM ${d.foundBy('author', 'id')}`);
    for (let n = 0; n < 12; n++) for (const one of [byId, found]) await db.read.all(one, [[`a${n}`]]);
    const plans = statement<{ kept: number; anew: number }>(
      'test_plans',
      `SELECT generic_plans AS "kept", custom_plans AS "anew" FROM pg_prepared_statements
        WHERE statement LIKE '%FROM author%' AND statement NOT LIKE '%pg_prepared%' ORDER BY prepare_time`,
    );
    expect(await db.read.all(plans, [])).toEqual([
      { kept: 7, anew: 5 },
      { kept: 7, anew: 5 },
    ]);
    await db.close();
    await opened.close();
  });
});
