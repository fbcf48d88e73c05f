import { createHash } from 'node:crypto';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { decodeTime } from 'ulid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  controversyScore,
  hotScore,
  renderMarkdown,
  slugOf,
  titleKeyOf,
  wilsonLowerBound,
} from '../forum-sources.ts';
import { fill } from '../generate/file.ts';
import { migrate } from '../server-sources.ts';
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

  test.each(['discussion', 'comment'])('stores every %s as the project renders it', (table) => {
    const rows = db
      .prepare<[], { body: string; html: string; text: string }>(
        `SELECT body, body_html html, body_text text FROM ${table}`,
      )
      .all();
    expect(rows.filter(({ body, ...stored }) => !sameRendering(renderMarkdown(body), stored))).toEqual([]);
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
});

function sameRendering(a: { html: string; text: string }, b: { html: string; text: string }): boolean {
  return a.html === b.html && a.text === b.text;
}

const VOTES = (table: string, subject: string) => ({
  upvote_count: `(SELECT count(*) FROM ${table} v WHERE v.${subject} = t.id AND v.value = 1)`,
  downvote_count: `(SELECT count(*) FROM ${table} v WHERE v.${subject} = t.id AND v.value = -1)`,
  net_upvotes: `(SELECT coalesce(sum(v.value), 0) FROM ${table} v WHERE v.${subject} = t.id)`,
});

const BELOW = `(WITH RECURSIVE below(id, deleted_at) AS (
    SELECT id, deleted_at FROM comment WHERE reply_to_id = t.id
    UNION ALL SELECT c.id, c.deleted_at FROM comment c JOIN below ON c.reply_to_id = below.id)
  SELECT count(*) FROM below WHERE deleted_at IS NULL)`;

const LISTED = '(c.deleted_at IS NULL OR c.reply_count > 0)';
const NEWEST =
  'FROM comment c WHERE c.discussion_id = t.id AND c.deleted_at IS NULL ORDER BY c.created_at DESC';

const COUNTERS = {
  discussion: {
    ...VOTES('discussion_vote', 'discussion_id'),
    comment_count: `(SELECT count(*) FROM comment c WHERE c.discussion_id = t.id AND c.deleted_at IS NULL)`,
    top_level_comment_count: `(SELECT count(*) FROM comment c
      WHERE c.discussion_id = t.id AND c.reply_to_id IS NULL AND ${LISTED})`,
    last_comment_id: `(SELECT c.id ${NEWEST})`,
    last_activity_at: `coalesce((SELECT c.created_at ${NEWEST}), t.created_at)`,
  },
  comment: {
    ...VOTES('comment_vote', 'comment_id'),
    reply_count: BELOW,
    direct_reply_count: `(SELECT count(*) FROM comment c WHERE c.reply_to_id = t.id AND ${LISTED})`,
  },
} as const;

interface Scored {
  readonly up: number;
  readonly down: number;
  readonly controversy: number;
}

describe('every stored counter equals what the rows say', () => {
  test.each(
    Object.entries(COUNTERS).flatMap(([table, counters]) =>
      Object.entries(counters).map(([column, sql]) => [table, column, sql]),
    ),
  )('%s.%s', (table, column, sql) => {
    const wrong = db.prepare(`SELECT t.id, t.${column}, ${sql} counted FROM ${table} t
      WHERE t.${column} IS NOT ${sql}`);
    expect(wrong.all()).toEqual([]);
  });
});

describe("every stored score is the project's own function of the counters", () => {
  test('discussion', () => {
    const rows = db
      .prepare<[], Scored & { net: number; comments: number; at: number; hot: number }>(
        `SELECT upvote_count up, downvote_count down, net_upvotes net, comment_count comments, created_at at,
          hot_score hot, controversy_score controversy FROM discussion`,
      )
      .all();
    expect(
      rows.map((row) => ({
        ...row,
        hot: hotScore(row.net, row.comments, row.at),
        controversy: controversyScore(row.up, row.down),
      })),
    ).toEqual(rows);
    expect(rows.some(({ controversy }) => controversy > 0)).toBe(true);
  });

  test('comment', () => {
    const rows = db
      .prepare<[], Scored & { best: number }>(
        `SELECT upvote_count up, downvote_count down, best_score best, controversy_score controversy FROM comment`,
      )
      .all();
    expect(
      rows.map((row) => ({
        ...row,
        best: wilsonLowerBound(row.up, row.down),
        controversy: controversyScore(row.up, row.down),
      })),
    ).toEqual(rows);
  });
});

describe('votes', () => {
  test.each(['discussion', 'comment'])('are never cast by the writer of the %s', (table) => {
    const own = `SELECT count(*) FROM ${table}_vote v JOIN ${table} t ON t.id = v.${table}_id
      WHERE t.author_id = v.author_id`;
    expect(db.prepare(own).pluck().get()).toBe(0);
  });
});
