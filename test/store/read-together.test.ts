import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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

test('what is read together is of one state, from the first read on', () => {
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

test('a read that fails ends it, and the next ones see what has come since', () => {
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

describe('a reader that shares turns', () => {
  beforeEach(() => {
    reader.close();
    reader = openSqliteReader(folder.file('forum.db'), () => {}, true);
  });

  test('sees one state in a turn of the event loop, and the present one in the next', async () => {
    add();
    const seen = [counted()];
    add();
    await Promise.resolve();
    reader.together?.(() => seen.push(counted()));
    seen.push(counted());
    expect(seen).toEqual([1, 1, 1]);
    await turn();
    expect(counted()).toBe(2);
  });

  test('sees the present state once it is told to end, and where what was read together has failed', () => {
    expect(counted()).toBe(0);
    add();
    reader.end();
    expect(counted()).toBe(1);
    add();
    expect(() => reader.together?.(() => void reader.all(wrong, []))).toThrow('nothing_of_that_name');
    expect(counted()).toBe(2);
    reader.end();
    reader.end();
  });
});

test('a database that is served alone sees what it has written in the same turn, and what others have when it asks', async () => {
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
    expect(names()).toEqual([...before, 'ours']);
    expect(db.changesElsewhere()).toBe(1);
    expect(names()).toEqual([...before, 'ours', 'theirs']);
  } finally {
    other.close();
    await close();
  }
});

test('a file that is not in WAL mode yet, as one that was restored, takes its first write in a turn that has read', async () => {
  const file = folder.file('restored.db');
  await migrate(`file:${file}`);
  const restored = new BetterSqlite3(file);
  expect(restored.pragma('journal_mode = DELETE', { simple: true })).toBe('delete');
  restored.close();
  const db = await openDatabase(`file:${file}`, { isServedAlone: true });
  try {
    expect(await db.read.all(slugs, [])).toEqual([]);
    await db.transaction((tx) => insertRow(tx, 'category', { id: 'a', slug: 'a', name: 'A category' }));
    expect(await db.read.all(slugs, [])).toEqual([{ slug: 'a' }]);
  } finally {
    await db.close();
  }
});
