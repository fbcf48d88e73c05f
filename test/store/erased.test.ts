import { readFileSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/store/index.ts';
import { insertRow, updateRows } from '../../src/store/rows.ts';
import { openTestDatabase } from '../support/database.ts';

test.each([300, 20_000])(
  'a text of %s characters that is overwritten is no longer in SQLite’s file',
  async (length) => {
    const { url, close } = await openTestDatabase('sqlite');
    const db = await openDatabase(url);
    const file = url.replace('file:', '');
    const secret = 'to be erased '.repeat(length / 13).trim();
    const inFile = () => {
      const look = new BetterSqlite3(file);
      look.pragma('wal_checkpoint(TRUNCATE)');
      look.close();
      return readFileSync(file).includes('to be erased');
    };
    const id = '0'.repeat(26);
    await db.transaction((tx) =>
      insertRow(tx, 'author', { id, role: 'MEMBER', name: secret, createdAt: new Date(0) }),
    );
    expect(inFile()).toBe(true);
    await db.transaction(async (tx) => {
      await updateRows(tx, 'author', { id }, { name: '' });
    });
    expect(inFile()).toBe(false);
    await db.close();
    await close();
  },
);
