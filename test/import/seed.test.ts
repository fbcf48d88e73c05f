import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seedIfEmpty } from '../../src/import/index.ts';
import { newId } from '../../src/store/ids.ts';
import { openDatabase } from '../../src/store/index.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { allRows } from './rows.ts';

describe.each(engines)('the seed on %s', (engine) => {
  let opened: TestDatabase;
  beforeEach(async () => {
    opened = await openTestDatabase(engine);
  });
  afterEach(() => opened.close());

  const now = new Date('2026-11-24T03:00:00.000Z');
  const depsOf = (db: TestDatabase['db']) => ({ db, newId });

  test('fills an empty database once', async () => {
    expect(await seedIfEmpty(depsOf(opened.db))).toBe(13);
    const before = await allRows(opened.db);
    expect(before.discussions).toHaveLength(13);
    expect(await seedIfEmpty(depsOf(opened.db))).toBe(0);
    expect(await allRows(opened.db)).toEqual(before);
  });

  test('is loaded once by two servers that start at once', async () => {
    const other = await openDatabase(opened.url);
    try {
      const loaded = await Promise.all([seedIfEmpty(depsOf(opened.db)), seedIfEmpty(depsOf(other))]);
      expect([...loaded].sort()).toEqual([0, 13]);
      expect((await allRows(opened.db)).discussions).toHaveLength(13);
    } finally {
      await other.close();
    }
  });

  test('does not change a database with authors', async () => {
    await opened.db.write((tx) => tx.author.create({ data: { id: newId(now), createdAt: now } }));
    expect(await seedIfEmpty(depsOf(opened.db))).toBe(0);
    expect((await allRows(opened.db)).discussions).toEqual([]);
  });
});
