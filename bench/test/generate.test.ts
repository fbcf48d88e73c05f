import path from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { examine } from '../../src/operations/doctor/index.ts';
import { slugOf, titleKeyOf } from '../forum-sources.ts';
import { sizes } from '../generate/rows.ts';
import { migrate, openDatabase } from '../server-sources.ts';
import { generateTiny, makeFolder } from './tiny.ts';

const folder = makeFolder();
const file = (name: string) => path.join(folder, `${name}.db`);
const generated = async (name: string, seed: number) =>
  new BetterSqlite3(await generateTiny(file(name), seed), { readonly: true });
let db: Database;

beforeAll(async () => {
  db = await generated('one', 1);
});

const TABLES = ['author', 'category', 'product', 'discussion', 'related_link', 'comment', 'comment_vote'];
const rowsOf = (of: Database) =>
  TABLES.map((table) => of.prepare(`SELECT * FROM ${table} ORDER BY rowid`).all());
const count = (sql: string) => db.prepare<[], number>(`SELECT count(*) FROM ${sql}`).pluck().get();

describe('the generator', () => {
  test('makes the same rows from the same seed, and others from another', async () => {
    expect(rowsOf(await generated('again', 1))).toEqual(rowsOf(db));
    expect(rowsOf(await generated('other', 2))).not.toEqual(rowsOf(db));
  });

  test('makes as much as the size says, with every depth, deleted comments and threads without any', () => {
    expect(count('author')).toBe(sizes.tiny.authors);
    expect(count('discussion')).toBe(sizes.tiny.discussions);
    const largest = 'SELECT count(*) n FROM comment GROUP BY discussion_id ORDER BY n DESC LIMIT 1';
    expect(db.prepare(largest).pluck().get()).toBe(sizes.tiny.largestThread);
    expect(count('(SELECT DISTINCT depth FROM comment)')).toBe(5);
    for (const some of [
      'comment WHERE deleted_at IS NOT NULL',
      'comment WHERE controversy_score > 0',
      'discussion WHERE comment_count = 0',
      'related_link WHERE target_id IS NULL',
    ])
      expect(count(some), some).toBeGreaterThan(0);
  });

  test("leaves the project's own schema, indexes included, and no reference without its row", async () => {
    const schema = 'SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name';
    await migrate(`file:${file('empty')}`);
    expect(db.prepare(schema).all()).toEqual(new BetterSqlite3(file('empty')).prepare(schema).all());
    expect(db.pragma('foreign_key_check')).toEqual([]);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  test.each([
    `comment c JOIN comment p ON p.id = c.reply_to_id
      WHERE c.depth <> p.depth + 1 OR c.discussion_id <> p.discussion_id OR c.created_at <= p.created_at`,
    'comment WHERE (reply_to_id IS NULL) <> (depth = 0)',
    'comment c JOIN discussion d ON d.id = c.discussion_id WHERE c.created_at <= d.created_at',
    'comment a JOIN comment b ON b.rowid = a.rowid + 1 WHERE b.created_at < a.created_at',
    'comment_vote v JOIN comment t ON t.id = v.comment_id WHERE t.author_id = v.author_id',
  ])('makes no %s', (wrong) => {
    expect(count(wrong)).toBe(0);
  });

  test('stores every counter, score and rendering as the doctor computes it', async () => {
    const forum = await openDatabase(`file:${file('one')}`);
    const examined = await examine(forum, { fix: false, rendering: true });
    await forum.close();
    expect(examined).toMatchObject({ discussions: sizes.tiny.discussions, findings: 0 });
  });

  test('gives every title its own slug and key', () => {
    type Row = Readonly<Record<'title' | 'slug' | 'key', string>>;
    const rows = db.prepare<[], Row>('SELECT title, slug, title_key key FROM discussion').all();
    expect(rows.map(({ title }) => ({ title, slug: slugOf(title), key: titleKeyOf(title) }))).toEqual(rows);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });
});
