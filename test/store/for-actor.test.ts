import pg from 'pg';
import { expect, test } from 'vitest';
import { insertRow, statement } from '../../src/store/index.ts';
import { BEYOND_ALL, ownWritesInMemory } from '../../src/store/postgres/own-writes.ts';
import { forActor } from '../../src/store/postgres/replicas.ts';
import { openTestDatabase } from '../support/database.ts';
import { postgresTitle, postgresUrl } from '../support/postgres.ts';

const ALL = statement<{ id: string }>('test.forActor', 'SELECT id FROM author');

test.skipIf(postgresUrl() === null)(
  postgresTitle('a write succeeds even if the log position cannot be read after it'),
  async () => {
    const { db, close } = await openTestDatabase('postgres');
    const primary = new pg.Pool();
    await primary.end(); // its log position can no longer be read
    const ownWrites = ownWritesInMemory();
    const replicas = { readerAfter: () => null, close: async () => {} };
    const mine = await forActor({ base: db, primary, replicas, ownWrites })('ada');
    const id = '0'.repeat(26);
    await mine.transaction((tx) => insertRow(tx, 'author', { id, role: 'MEMBER', createdAt: new Date(0) }));
    expect(await db.read.all(ALL, [])).toEqual([{ id }]);
    expect(ownWrites.lastOf('ada')).toBe(BEYOND_ALL);
    await close();
  },
);
