import { afterAll, beforeAll, expect, test } from 'vitest';
import { keptRows } from '../../src/cache/cached-rows.ts';
import { TaggedCache } from '../../src/cache/tagged-cache.ts';
import { insertRow, statement } from '../../src/store/index.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase('sqlite');
  const tag = { id: '0'.repeat(26), slug: 'a-tag', name: 'A tag' };
  await opened.db.transaction((tx) => insertRow(tx, 'tag', tag));
});
afterAll(() => opened.close());

const tags = statement<{ id: string }>('test.tags', 'SELECT id FROM tag WHERE slug = ?');
const wrong = statement<{ id: string }>('test.wrong', 'SELECT nothing_of_that_name FROM tag WHERE slug = ?');

test('rows that are not to be kept, or could not be read, leave nothing for which commits would note what they touch', async () => {
  const cache = new TaggedCache({ bytesMax: 1e6, lagMs: 0, makingMsMax: 1e4, ageMsMax: () => 1e6 });
  const { read } = opened.db;
  const found = await keptRows(cache, read, tags, ['a-tag'], () => false);
  expect([found.length, cache.size, cache.beingMade]).toEqual([1, 0, 0]);
  expect(() => keptRows(cache, read, wrong, ['a-tag'])).toThrow('nothing_of_that_name');
  expect([cache.size, cache.beingMade]).toEqual([0, 0]);
  await keptRows(cache, read, tags, ['a-tag']);
  expect([cache.size, cache.beingMade]).toEqual([1, 0]);
});
