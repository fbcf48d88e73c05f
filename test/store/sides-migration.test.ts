import { readFileSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { type Engine, statement } from '../../src/store/index.ts';
import { mergingIn, useMerging } from '../api/merge/merged-forum.ts';
import { engines } from '../support/database.ts';

const FOLDER = '20261130193930_read_the_moderation_log';
const sides = statement<{ id: string; action: string; isSource: boolean | 0 | 1 | null }>(
  'test.sides',
  'SELECT id, action, is_source AS "isSource" FROM moderation_event ORDER BY id',
);

/** The part of the migration that says which side of a merge or a split existing events are. */
function backfill(engine: Engine): string {
  const file = path.join(packageRoot, 'prisma', engine, 'migrations', FOLDER, 'migration.sql');
  const [, sql = ''] = /^-- Backfill$([\s\S]*)/m.exec(readFileSync(file, 'utf8')) ?? [];
  return sql;
}

describe.each(engines)('the migration of the moderation log on %s', (engine) => {
  const state = useMerging(engine);

  async function run(sql: string): Promise<void> {
    if (engine === 'sqlite') {
      const database = new BetterSqlite3(state().forum.databaseUrl.replace('file:', ''));
      database.exec(sql);
      database.close();
      return;
    }
    const client = new pg.Client(state().forum.databaseUrl);
    await client.connect();
    await client.query(sql);
    await client.end();
  }

  test('finds the sides of merges, of their undo in both directions, and of splits', async () => {
    const { forum, a, b, c } = state();
    const tools = mergingIn(forum);
    const moved = await tools.commentIn(c, 'ada', 'Another question');
    for (const [source, destination] of [
      [a, b],
      [b, a],
    ] as const) {
      forum.wait(1000);
      expect((await tools.merge(source, destination)).errors).toBeUndefined();
      forum.wait(1000);
      expect((await tools.unmerge(source)).errors).toBeUndefined();
    }
    expect((await tools.split([moved])).errors).toBeUndefined();
    const commentId = await tools.commentIn(c, 'ada', 'An address');
    await forum.as('ada').do('updateComment', { commentId, body: 'None' }, 'clientMutationId');
    await forum.as('mod').do('redactCommentRevision', { commentId, revision: 1 }, 'clientMutationId');
    const written = await forum.db.read.all(sides, []);
    expect(written.map(({ action }) => action).sort()).toEqual([
      ...Array(4).fill('MERGE_DISCUSSION'),
      'REDACT_COMMENT_REVISION',
      ...Array(2).fill('SPLIT_DISCUSSION'),
      ...Array(4).fill('UNMERGE_DISCUSSION'),
    ]);
    await run('UPDATE moderation_event SET is_source = NULL');
    await run(backfill(engine));
    expect(await forum.db.read.all(sides, [])).toEqual(written);
  });
});
