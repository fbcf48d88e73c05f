import BetterSqlite3, { type Database } from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { controversyScore, hotScore, wilsonLowerBound } from '../../src/forum/ranking.ts';
import { generateTiny, makeFolder } from './tiny.ts';

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
