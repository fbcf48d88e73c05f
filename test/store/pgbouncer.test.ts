import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { change, type Database, insertRow, migrate, openDatabase, statement } from '../../src/store/index.ts';
import { hasPgBouncer, startPgBouncer } from '../support/pgbouncer.ts';
import { createPostgresDatabase } from '../support/postgres.ts';

const NAME = statement<{ name: string }>('test.bouncer', 'SELECT name FROM author WHERE id = ?');
const ALL = statement<{ total: number }>('test.bouncerAll', 'SELECT count(*) AS total FROM author');
const APPEND = change('test.append', "UPDATE author SET name = name || '+' WHERE id = ?", {
  table: 'author',
  sets: ['name'],
  by: ['id'],
});
const title = hasPgBouncer ? '' : ' (skipped: pgbouncer or TEST_POSTGRES_URL is missing)';
const id = (n: number) => String(n).padStart(26, '0');

describe.skipIf(!hasPgBouncer)(`behind PgBouncer in transaction mode${title}`, () => {
  let made: Awaited<ReturnType<typeof createPostgresDatabase>>;
  let bouncer: Awaited<ReturnType<typeof startPgBouncer>>;
  let db: Database;
  beforeAll(async () => {
    made = await createPostgresDatabase();
    bouncer = await startPgBouncer(made.name);
    const applied = await Promise.all([1, 2, 3].map(() => migrate(bouncer.url)));
    expect(
      applied
        .filter((names) => names.length > 0)
        .flat()
        .sort(),
    ).toEqual([...new Set(applied.flat())].sort());
    db = await openDatabase(bouncer.url);
  }, 60_000);
  afterAll(async () => {
    await db.close();
    bouncer.stop();
    await made.drop();
  });

  test('reads and writes of many at once are kept apart, on two connections for all', async () => {
    await db.transaction((tx) =>
      insertRow(tx, 'author', { id: id(1), name: 'a', role: 'MEMBER', createdAt: new Date(0) }),
    );
    const appends = Array.from({ length: 60 }, () => db.transaction(async (tx) => tx.run(APPEND, [id(1)])));
    const reads = Array.from({ length: 60 }, () => db.read.all(NAME, [id(1)]));
    expect(await Promise.all(appends)).toEqual(appends.map(() => 1));
    for (const [row] of await Promise.all(reads)) expect(row?.name).toMatch(/^a\+*$/);
    expect(await db.read.all(NAME, [id(1)])).toEqual([{ name: `a${'+'.repeat(60)}` }]);
  });

  test("Prisma's long writes go through it as well", async () => {
    const write = (n: number) =>
      db.write((tx) => tx.author.create({ data: { id: id(n), role: 'MEMBER', createdAt: new Date(0) } }));
    await Promise.all(Array.from({ length: 20 }, (_, n) => write(100 + n)));
    expect(await db.read.all(ALL, [])).toEqual([{ total: 21 }]);
  });
});
