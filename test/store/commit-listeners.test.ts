import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, insertRow, statement, updateRows } from '../../src/store/index.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
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

describe.each(engines)('a listener to commits on %s', (engine) => {
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
    test('that throws makes it neither fail nor run again, and keeps nothing from the others', async () => {
      const warnings: string[] = [];
      const warn = ({ name, message }: Error) => {
        if (name === 'ListenerFault') warnings.push(message);
      };
      process.on('warning', warn);
      const [announced, runs]: [unknown[], unknown[]] = [[], []];
      const broken = () => {
        throw fault();
      };
      const stops = [broken, (tags: unknown) => announced.push(tags)].map((one) => opened.db.onCommit(one));
      const changed = await write(opened.db, () => runs.push(1)).finally(() => {
        for (const stop of stops) stop();
      });
      expect([changed, runs.length, announced.length]).toEqual([1, 1, 1]);
      expect(await opened.db.read.all(NAME, [])).toEqual([{ name: 'Renamed' }]);
      await expect.poll(() => warnings).toEqual([expect.stringContaining('This listener is broken.')]);
      process.off('warning', warn);
    });
  });
});
