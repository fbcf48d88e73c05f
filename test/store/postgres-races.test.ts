import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { statement } from '../../src/store/index.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { onServer, postgresTitle, postgresUrl } from '../support/postgres.ts';
import { author } from './open-client.ts';

const NAME = statement<{ name: string }>('test_race_names', 'SELECT name FROM author ORDER BY id');

/** A promise that others wait for, and the function that keeps it. */
function gate() {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe.skipIf(postgresUrl() === null)(postgresTitle('writes that race on postgres'), () => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase('postgres');
  });
  beforeEach(async () => {
    await opened.db.write(async (tx) => {
      await tx.author.deleteMany();
      await tx.author.createMany({ data: [author(1), author(2)] });
    });
  });
  afterAll(() => opened.close());

  test('are run again where they deadlock, until both are done', async () => {
    const [first, second] = [gate(), gate()];
    let runs = 0;
    const rename = (
      from: number,
      to: number,
      mine: ReturnType<typeof gate>,
      theirs: ReturnType<typeof gate>,
    ) =>
      opened.db.write(async (tx) => {
        runs++;
        await tx.$executeRaw`UPDATE author SET name = name || '+' WHERE id = ${author(from).id}`;
        mine.open();
        await theirs.opened; // both hold one row now, and want the other's
        await tx.$executeRaw`UPDATE author SET name = name || '+' WHERE id = ${author(to).id}`;
      });
    await Promise.all([rename(1, 2, first, second), rename(2, 1, second, first)]);
    expect(await opened.db.read.all(NAME, [])).toEqual([{ name: 'Author 1++' }, { name: 'Author 2++' }]);
    expect(runs).toBeGreaterThan(2);
  });

  test('leave readers their connections, however many wait for one row', async () => {
    const [held, done] = [gate(), gate()];
    const holder = opened.db.write(async (tx) => {
      await tx.$executeRaw`UPDATE author SET name = 'held' WHERE id = ${author(1).id}`;
      held.open();
      await done.opened;
    });
    await held.opened;
    const waiters = Array.from({ length: 40 }, () =>
      opened.db.write(
        (tx) => tx.$executeRaw`UPDATE author SET name = name || '.' WHERE id = ${author(1).id}`,
      ),
    );
    const rows = await Promise.all(Array.from({ length: 20 }, () => opened.db.read.all(NAME, [])));
    done.open();
    await Promise.all([holder, ...waiters]);
    expect(rows.map(([row]) => row?.name)).toEqual(Array.from({ length: 20 }, () => 'Author 1'));
    expect((await opened.db.read.all(NAME, []))[0]?.name).toBe(`held${'.'.repeat(40)}`);
  });

  test('go on after the server has closed every connection', async () => {
    const name = new URL(opened.url).pathname.slice(1);
    await opened.db.ping();
    await onServer(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
    await new Promise((resolve) => setTimeout(resolve, 100)); // until the pool has noticed
    await opened.db.write((tx) => tx.author.deleteMany());
    expect(await opened.db.read.all(NAME, [])).toEqual([]);
  });
});
