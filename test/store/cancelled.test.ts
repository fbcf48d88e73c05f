import { setTimeout as sleep } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { change, statement, TransactionCancelled } from '../../src/store/index.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';

const NAMES = statement<{ id: string }>('test_names', 'SELECT id FROM category ORDER BY id');
const add = (id: string) =>
  change(`test_add_${id}`, `INSERT INTO category (id, slug, name) VALUES ('${id}', '${id}', 'A')`, {
    table: 'category',
    sets: null,
    by: [],
  });

describe.each(engines)('a transaction on %s that nobody waits for any more', (engine) => {
  let opened: TestDatabase;
  beforeEach(async () => {
    opened = await openTestDatabase(engine);
  });
  afterEach(() => opened.close());

  test('is rolled back, also if all that is left is its COMMIT', async () => {
    let isOver = false;
    let sent = 0;
    const cancelled = opened.db.transaction(
      async (tx) => {
        await tx.run(add('late'), []);
        isOver = true;
      },
      { isOver: () => isOver, onCommitSent: () => sent++ },
    );
    await expect(cancelled).rejects.toThrow(TransactionCancelled);
    expect(sent).toBe(0);
    expect(await opened.db.read.all(NAMES, [])).toEqual([]);
  });

  test('runs no further statement, and takes nothing of others with it', async () => {
    let isOver = false;
    let ran = false;
    const cancelled = opened.db.transaction(
      async (tx) => {
        await tx.run(add('one'), []);
        isOver = true;
        await tx.run(add('two'), []);
        ran = true;
      },
      { isOver: () => isOver },
    );
    const other = opened.db.transaction((tx) => Promise.resolve(tx.run(add('other'), [])));
    await expect(cancelled).rejects.toThrow(TransactionCancelled);
    await other;
    expect(ran).toBe(false);
    expect(await opened.db.read.all(NAMES, [])).toEqual([{ id: 'other' }]);
  });

  test('that is waited for is committed, and its caller knows when COMMIT is sent', async () => {
    let sent = 0;
    const done = opened.db.transaction(async (tx) => void (await tx.run(add('done'), [])), {
      isOver: () => false,
      onCommitSent: () => sent++,
    });
    await done;
    expect(sent).toBe(1);
    expect(await opened.db.read.all(NAMES, [])).toEqual([{ id: 'done' }]);
  });
});

const ORPHAN = change('test_orphan', `INSERT INTO test_child (category_id) VALUES ('nothing')`, {
  table: 'category',
  sets: null,
  by: [],
});

test.each(engines)(
  'on %s the caller knows that a COMMIT has failed, and that nothing is stored',
  async (engine) => {
    const { db, url, close } = await openTestDatabase(engine);
    onTestFinished(close);
    if (engine === 'sqlite') {
      const other = new BetterSqlite3(url.replace('file:', ''));
      other.exec(
        'CREATE TABLE test_child (category_id REFERENCES category (id) DEFERRABLE INITIALLY DEFERRED)',
      );
      other.close();
    }
    const calls: string[] = [];
    const failed = db.transaction(
      async (tx) => {
        await tx.run(add('failed'), []);
        // SQLite checks the foreign key at COMMIT; PostgreSQL rolls back at COMMIT, because it has no such table
        await Promise.resolve(tx)
          .then((open) => open.run(ORPHAN, []))
          .catch(() => {});
      },
      { onCommitSent: () => calls.push('sent'), onCommitFailed: () => calls.push('failed') },
    );
    await expect(failed).rejects.toThrow(engine === 'sqlite' ? 'FOREIGN KEY' : 'has failed');
    expect(calls).toEqual(['sent', 'failed']);
    expect(await db.read.all(NAMES, [])).toEqual([]);
  },
);

test('a transaction on SQLite that only tries, and rolls back, writes nothing to the file', async () => {
  const { db, url, close } = await openTestDatabase('sqlite');
  await db.transaction(async (tx) => void (await tx.run(add('first'), [])));
  const other = new BetterSqlite3(url.replace('file:', ''), { readonly: true });
  const version = () => other.pragma('data_version', { simple: true });
  const before = version();
  const tried = db.transaction(async (tx) => {
    await tx.run(add('tried'), []);
    throw new Error('only tried');
  });
  await expect(tried).rejects.toThrow('only tried');
  await sleep(10);
  expect(version()).toBe(before);
  other.close();
  await close();
});
