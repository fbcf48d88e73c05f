import { readFileSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { type Engine, statement } from '../../src/store/index.ts';
import { engines } from '../support/database.ts';
import { threadDocument } from '../support/documents.ts';
import { type Forum, openForum } from '../support/forum.ts';

const FOLDER = '20261130012140_tree_paths';
const paths = statement<{ id: string; path: string }>(
  'test.treePaths',
  'SELECT id, tree_path AS "path" FROM comment ORDER BY id',
);

/** The part of the migration that computes the paths of existing comments. */
function backfill(engine: Engine): string {
  const file = path.join(packageRoot, 'prisma', engine, 'migrations', FOLDER, 'migration.sql');
  const [, sql = ''] = /^-- Backfill$([\s\S]*?)^-- CreateIndex$/m.exec(readFileSync(file, 'utf8')) ?? [];
  return sql;
}

describe.each(engines)('the migration to tree paths on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'seeded');
    const comments = Array.from({ length: 120 }, (_, n) => ({
      body: `Level ${n}`,
      postedAt: `${(n % 9) + 1} days`,
      more: n === 0 ? [] : [`Reply to: Comment ${n}`],
    }));
    await forum.load(threadDocument({ title: 'How deep?', comments }));
  });
  afterAll(() => forum.close());

  async function run(sql: string): Promise<void> {
    if (engine === 'sqlite') {
      const database = new BetterSqlite3(forum.databaseUrl.replace('file:', ''));
      database.exec(sql);
      database.close();
      return;
    }
    const client = new pg.Client(forum.databaseUrl);
    await client.connect();
    await client.query(sql);
    await client.end();
  }

  test('writes the paths that the program writes, below 100 levels too', async () => {
    const written = await forum.db.read.all(paths, []);
    expect(written.length).toBeGreaterThan(150);
    await run("UPDATE comment SET tree_path = ''");
    await run(backfill(engine));
    expect(await forum.db.read.all(paths, [])).toEqual(written);
  });
});
