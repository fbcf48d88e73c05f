import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endOfPrefix, statement } from '../../src/store/index.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { author } from './open-client.ts';

describe('a statement’s text', () => {
  test('has $1, $2, … for PostgreSQL, but leaves what stands in quotes', () => {
    const { text } = statement('t', `SELECT '?', 'it''s ?', "a?" FROM author WHERE id = ? AND name = ?`);
    expect(text.sqlite).toBe(`SELECT '?', 'it''s ?', "a?" FROM author WHERE id = ? AND name = ?`);
    expect(text.postgres).toBe(`SELECT '?', 'it''s ?', "a?" FROM author WHERE id = $1 AND name = $2`);
  });
});

const IN_LIST = statement<{ name: string }>(
  'test_in_list',
  (sql) => `SELECT name FROM author WHERE ${sql.inList('id')} AND name <> ? ORDER BY id`,
);
const BEGINNING = statement<{ key: string }>(
  'test_beginning',
  'SELECT key FROM author_name_key WHERE key >= ? AND key < ? ORDER BY key',
);
const EACH_OF = statement<{ ordinal: number; value: string; name: string | null }>(
  'test_each_of',
  (sql) => `SELECT e.ordinal, e.value, a.name FROM ${sql.eachOf('e')}
    LEFT JOIN author a ON a.id = e.value ORDER BY e.ordinal`,
);

describe.each(engines)('parameters on %s', (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    await opened.db.write((tx) => tx.author.createMany({ data: [1, 2, 3].map(author) }));
  });
  afterAll(() => opened.close());

  const ids = (...numbers: number[]) => numbers.map((number) => author(number).id);

  test('an array of any length is one parameter', async () => {
    const { read } = opened.db;
    expect(await read.all(IN_LIST, [ids(1, 3), ''])).toEqual([{ name: 'Author 1' }, { name: 'Author 3' }]);
    expect(await read.all(IN_LIST, [[], ''])).toEqual([]);
    expect(
      await read.all(IN_LIST, [ids(...Array.from({ length: 5000 }, (_, i) => i + 2)), 'Author 2']),
    ).toEqual([{ name: 'Author 3' }]);
  });

  test('an array’s members keep their order and their doubles, quotes and Unicode included', async () => {
    const odd = `it's "odd", {ñ} \\ 日本語`;
    expect(await opened.db.read.all(EACH_OF, [[odd, ...ids(2, 1, 2)]])).toEqual([
      { ordinal: 0, value: odd, name: null },
      { ordinal: 1, value: author(2).id, name: 'Author 2' },
      { ordinal: 2, value: author(1).id, name: 'Author 1' },
      { ordinal: 3, value: author(2).id, name: 'Author 2' },
    ]);
  });

  test('a range from a prefix to its end has all texts that begin with it, emoji included', async () => {
    const id = author(1).id;
    const within = ['ma', 'ma\u{0}', 'maa', 'ma\u{FFFD}', 'ma\u{1F600}', 'ma\u{10FFFD}x'].filter(
      (key) => engine === 'sqlite' || !key.includes('\u{0}'),
    );
    const data = [...within, 'm', 'lz', 'mA', 'mb', 'n'].map((key) => ({ id, key }));
    await opened.db.write((tx) => tx.authorNameKey.createMany({ data }));
    const found = await opened.db.read.all(BEGINNING, ['ma', endOfPrefix('ma')]);
    expect(found.map(({ key }) => key)).toEqual(within);
  });

  test('null, booleans and numbers arrive as themselves', async () => {
    const flags = statement<{ n: number }>(
      'test_flags',
      'SELECT count(*) AS n FROM category WHERE is_answerable = ? AND (url IS NULL OR url = ?) LIMIT ?',
    );
    await opened.db.write((tx) =>
      tx.category.create({ data: { id: 'c', slug: 'c', name: 'c', isAnswerable: false } }),
    );
    expect(await opened.db.read.all(flags, [false, null, 5])).toEqual([{ n: 1 }]);
    expect(await opened.db.read.all(flags, [true, null, 5])).toEqual([{ n: 0 }]);
  });
});

describe('a statement', () => {
  test('is a read: anything else is refused when it is made', () => {
    for (const sql of [
      'UPDATE author SET name = 1',
      'INSERT INTO a VALUES (1)',
      'DELETE FROM a',
      'PRAGMA x',
    ]) {
      expect(() => statement('test_write', sql)).toThrow('does not read');
    }
  });

  test('cannot write on SQLite even where it looks like a read', async () => {
    const { db, close } = await openTestDatabase('sqlite');
    const hidden = statement(
      'test_hidden',
      `WITH x AS (SELECT 1) INSERT INTO product SELECT 'a', 'b', 'c', NULL`,
    );
    expect(() => db.read.all(hidden, [])).toThrow(/readonly|return data/);
    expect(await db.write((tx) => tx.product.count())).toBe(0);
    await close();
  });
});
