import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { statement } from '../../../src/kit/db/index.ts';
import { openSqliteReader, type SqliteReader } from '../../../src/kit/db/sqlite/reader.ts';
import { temporaryFolder } from '../database.ts';

const count = statement<{ n: number }>('test.count', 'SELECT count(*) AS n FROM note');
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
