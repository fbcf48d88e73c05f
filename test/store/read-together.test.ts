import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { change, insertRow, migrate, openDatabase, statement } from '../../src/store/index.ts';
import { openSqliteReader, type SqliteReader } from '../../src/store/sqlite/reader.ts';
import { openTestDatabase, temporaryFolder } from '../support/database.ts';

const count = statement<{ n: number }>('test.count', 'SELECT count(*) AS n FROM note');
const slugs = statement<{ slug: string }>('test.slugs', 'SELECT slug FROM category ORDER BY slug');
const wrong = statement<{ n: number }>('test.wrong', 'SELECT n FROM nothing_of_that_name');

let folder: ReturnType<typeof temporaryFolder>;
let writer: BetterSqlite3.Database;
let reader: SqliteReader;
const add = () => writer.exec('INSERT INTO note DEFAULT VALUES');
const counted = () => reader.all(count, [])[0]?.n;

beforeEach(() => {
  folder = temporaryFolder();
  const file = folder.file('forum.db');
  writer = new BetterSqlite3(file);
  writer.pragma('journal_mode = WAL');
  writer.exec('CREATE TABLE note (id INTEGER PRIMARY KEY)');
  reader = openSqliteReader(file, () => {});
});
afterEach(() => {
  reader.close();
  writer.close();
  folder.remove();
});

test('reads that run together see one state, from the first read on', () => {
  const seen: unknown[] = [];
  reader.together?.(() => {
    add();
    seen.push(counted());
    add();
    reader.together?.(() => seen.push(counted()));
    seen.push(counted());
  });
  expect(seen).toEqual([1, 1, 1]);
  expect(counted()).toBe(2);
});

test('a failed read ends the shared transaction, and later reads see the present state', () => {
  const failing = () =>
    reader.together?.(() => {
      counted();
      reader.all(wrong, []);
    });
  expect(failing).toThrow('nothing_of_that_name');
  add();
  expect(counted()).toBe(1);
  reader.together?.(() => expect(counted()).toBe(1));
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('a database sees its own writes and those of others in the same turn, and reports those of others in the next', async () => {
  const { db, url, close } = await openTestDatabase('sqlite');
  const other = new BetterSqlite3(url.replace('file:', ''));
  const names = () => (db.read.all(slugs, []) as { slug: string }[]).map(({ slug }) => slug);
  const insert = (slug: string) =>
    change(
      `test.${slug}`,
      `INSERT INTO category (id, slug, name) VALUES ('${slug}', '${slug}', 'A category')`,
      { table: 'category', sets: null, by: [] },
    );
  try {
    const before = names();
    await db.transaction(async (tx) => {
      await tx.run(insert('ours'), []);
      expect(names()).toEqual(before);
    });
    expect(names()).toEqual([...before, 'ours']);
    expect(db.changesElsewhere()).toBe(0);
    await turn();
    expect(names()).toEqual([...before, 'ours']);
    other.exec(insert('theirs').text.sqlite);
    expect(names()).toEqual([...before, 'ours', 'theirs']);
    expect(db.changesElsewhere()).toBe(1);
  } finally {
    other.close();
    await close();
  }
});

test('a restored file that is not in WAL mode accepts its first write in a turn that has read it', async () => {
  const file = folder.file('restored.db');
  await migrate(`file:${file}`);
  const restored = new BetterSqlite3(file);
  expect(restored.pragma('journal_mode = DELETE', { simple: true })).toBe('delete');
  restored.close();
  const db = await openDatabase(`file:${file}`);
  try {
    expect(await db.read.all(slugs, [])).toEqual([]);
    await db.transaction((tx) => insertRow(tx, 'category', { id: 'a', slug: 'a', name: 'A category' }));
    expect(await db.read.all(slugs, [])).toEqual([{ slug: 'a' }]);
  } finally {
    await db.close();
  }
});
