import { createHash } from 'node:crypto';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { decodeTime } from 'ulid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slugOf, titleKeyOf } from '../forum-sources.ts';
import { fill } from '../generate/file.ts';
import { migrate, openDatabase } from '../server-sources.ts';
import { examine, type Finding } from './sources.ts';
import { generateTiny, makeFolder, tiny } from './tiny.ts';

const folder = makeFolder();
let db: Database;

beforeAll(async () => {
  await generateTiny(folder.file('one'), 1);
  db = new BetterSqlite3(folder.file('one'), { readonly: true });
});

afterAll(() => {
  db.close();
  folder.remove();
});

const TABLES = [
  ...['author', 'category', 'product', 'discussion', 'related_link'],
  ...['comment', 'discussion_vote', 'comment_vote'],
];

function count(sql: string): number {
  return db.prepare<[], number>(sql).pluck().get() ?? Number.NaN;
}

function digestOf(of: Database): string {
  const hash = createHash('sha256');
  for (const table of TABLES) {
    for (const row of of.prepare(`SELECT * FROM ${table} ORDER BY rowid`).iterate())
      hash.update(JSON.stringify(row));
  }
  return hash.digest('hex');
}

function schemaOf(of: Database): unknown[] {
  const sql = `SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name`;
  return of.prepare(sql).all();
}

describe('the generator', () => {
  test('makes the same rows from the same seed, and others from another', async () => {
    const digests = [];
    for (const [name, seed] of [
      ['again', 1],
      ['other', 2],
    ] as const) {
      await generateTiny(folder.file(name), seed);
      const made = new BetterSqlite3(folder.file(name), { readonly: true });
      digests.push(digestOf(made));
      made.close();
    }
    expect(digests[0]).toBe(digestOf(db));
    expect(digests[1]).not.toBe(digestOf(db));
  });

  test('makes as many rows as the size says', () => {
    const rows = Object.fromEntries(TABLES.map((table) => [table, count(`SELECT count(*) FROM ${table}`)]));
    expect(rows).toEqual({
      author: tiny.authors,
      category: tiny.categories,
      product: tiny.products,
      discussion: tiny.discussions,
      related_link: tiny.discussions * tiny.relatedLinks,
      comment: tiny.comments,
      discussion_vote: tiny.votes * 0.15,
      comment_vote: tiny.votes * 0.85,
    });
    expect(count('SELECT max(n) FROM (SELECT count(*) n FROM comment GROUP BY discussion_id)')).toBe(
      tiny.largestThread,
    );
    expect(count('SELECT count(DISTINCT depth) FROM comment')).toBe(5);
    expect(count('SELECT count(*) FROM comment WHERE deleted_at IS NOT NULL')).toBeGreaterThan(0);
  });

  test("leaves the project's own schema, indexes included", async () => {
    await migrate(`file:${folder.file('empty')}`);
    const empty = new BetterSqlite3(folder.file('empty'));
    expect(schemaOf(db)).toEqual(schemaOf(empty));
    empty.close();
  });

  test('leaves no reference without its row, and no index that misses one', () => {
    expect(db.pragma('foreign_key_check')).toEqual([]);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  test('fills only a file that has the schema', () => {
    expect(() => fill(folder.file('bare'), tiny, 1)).toThrow(/no such table/);
  });

  test('puts replies one level below what they answer, in the same thread and later', () => {
    const wrong = `SELECT count(*) FROM comment c LEFT JOIN comment p ON p.id = c.reply_to_id
      WHERE CASE WHEN p.id IS NULL THEN c.depth <> 0
        ELSE c.depth <> p.depth + 1 OR c.discussion_id <> p.discussion_id OR c.created_at <= p.created_at END`;
    expect(count(wrong)).toBe(0);
    expect(
      count(`SELECT count(*) FROM comment c JOIN discussion d ON d.id = c.discussion_id
        WHERE c.created_at <= d.created_at`),
    ).toBe(0);
  });

  test.each(['author', 'discussion', 'comment'])('gives every %s an id that carries its time', (table) => {
    const rows = db
      .prepare<[], { id: string; created_at: number }>(`SELECT id, created_at FROM ${table}`)
      .all();
    const wrong = rows.filter(
      ({ id, created_at }) =>
        !/^[0-9a-hjkmnp-tv-z]{26}$/.test(id) || decodeTime(id.toUpperCase()) !== created_at,
    );
    expect(wrong).toEqual([]);
  });

  test('stores every counter, score and rendering as the doctor computes it', async () => {
    const forum = await openDatabase(`file:${folder.file('one')}`);
    const findings: Finding[] = [];
    const onFinding = (finding: Finding) => findings.push(finding);
    const examined = await examine(forum, { fix: false, rendering: true, onFinding });
    await forum.close();
    expect(findings).toEqual([]);
    expect(examined).toMatchObject({ discussions: tiny.discussions, comments: tiny.comments });
    expect(count('SELECT count(*) FROM comment WHERE controversy_score > 0')).toBeGreaterThan(0);
  });

  test('gives every title its own slug and key', () => {
    const rows = db
      .prepare<[], { title: string; slug: string; key: string }>(
        'SELECT title, slug, title_key key FROM discussion',
      )
      .all();
    expect(rows.map(({ title }) => ({ title, slug: slugOf(title), key: titleKeyOf(title) }))).toEqual(rows);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });

  test.each(['discussion', 'comment'])('lets nobody vote on their own %s', (table) => {
    const own = `SELECT count(*) FROM ${table}_vote v JOIN ${table} t ON t.id = v.${table}_id
      WHERE t.author_id = v.author_id`;
    expect(count(own)).toBe(0);
  });

  test('stores comments in the order of time', () => {
    const wrong = `SELECT count(*) FROM comment a JOIN comment b ON b.rowid = a.rowid + 1
      WHERE b.created_at < a.created_at`;
    expect(count(wrong)).toBe(0);
  });
});
