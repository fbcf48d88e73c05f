import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, insertRow, openDatabase, statement, updateRows } from '../../src/store/index.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { postgresTitle, postgresUrl } from '../support/postgres.ts';
import { author } from './open-client.ts';

const NAME = statement<{ name: string }>('test_listened_name', 'SELECT name FROM author');
const { id } = author(1);

const writes: [string, (db: Database, onRun: () => void) => Promise<unknown>][] = [
  [
    'transaction',
    (db, onRun) =>
      db.transaction(async (tx) => {
        onRun();
        return updateRows(tx, 'author', { id }, { name: 'Renamed' });
      }),
  ],
  [
    'write',
    (db, onRun) =>
      db.write(async (tx) => {
        onRun();
        const { count } = await tx.author.updateMany({ data: { name: 'Renamed' } });
        return count;
      }),
  ],
];

/** What PostgreSQL calls a lost race: a transaction that fails so is tried again. */
const fault = () => Object.assign(new Error('This listener is broken.'), { code: '40001' });

const faults: [string, () => unknown][] = [
  [
    'throws',
    () => {
      throw fault();
    },
  ],
  ['rejects', () => Promise.reject(fault())],
];

describe.each(engines)('who hears of commits on %s', (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    await opened.db.transaction((tx) => insertRow(tx, 'author', author(1)));
  });
  beforeEach(async () => {
    await opened.db.transaction(async (tx) => updateRows(tx, 'author', { id }, { name: 'Author 1' }));
  });
  afterAll(() => opened.close());

  describe.each(writes)('of a %s', (_method, write) => {
    test.each(faults)('and %s makes it neither fail nor be done again', async (_how, listener) => {
      const warnings: string[] = [];
      const note = ({ name, message }: Error) => {
        if (name === 'ListenerFault') warnings.push(message);
      };
      process.on('warning', note);
      const [told, runs]: [unknown[], unknown[]] = [[], []];
      const stops = [listener, (touched: unknown) => told.push(touched)].map((one) =>
        opened.db.onCommit(one),
      );
      const changed = await write(opened.db, () => runs.push(1)).finally(() => {
        for (const stop of stops) stop();
      });
      expect([changed, runs.length, told.length]).toEqual([1, 1, 1]);
      expect(await opened.db.read.all(NAME, [])).toEqual([{ name: 'Renamed' }]);
      await expect.poll(() => warnings).toEqual([expect.stringContaining('This listener is broken.')]);
      process.off('warning', note);
    });

    test('is waited for', async () => {
      let isTold = false;
      const stop = opened.db.onCommit(async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        isTold = true;
      });
      await write(opened.db, () => {});
      stop();
      expect(isTold).toBe(true);
    });
  });
});

test.skipIf(postgresUrl() === null)(
  postgresTitle('a PostgreSQL connection is free for others while somebody is told of its commit'),
  async () => {
    const opened = await openTestDatabase('postgres');
    await opened.db.transaction((tx) => insertRow(tx, 'author', author(1)));
    const db = await openDatabase(opened.url, { connections: 2 }); // one of them writes
    const told: (() => void)[] = [];
    db.onCommit(() => new Promise<void>((resolve) => told.push(resolve)));
    const rename = (name: string) => db.transaction(async (tx) => updateRows(tx, 'author', { id }, { name }));
    const both = [rename('First'), rename('Second')];
    while (told.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    for (const resolve of told) resolve();
    expect(await Promise.all(both)).toEqual([1, 1]);
    await db.close();
    await opened.close();
  },
);
