import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { statement } from '../../src/store/index.ts';
import { openTestDatabase, type TestDatabase, temporaryFolder } from '../support/database.ts';
import { writeMigrations } from './migration-files.ts';

const running = new Set<ChildProcess>();

/** Starts a process that writes; `lines` grows with what it says. */
function start(...args: string[]) {
  const script = path.join(import.meta.dirname, 'writing-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: packageRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  let text = '';
  const waiting: { count: number; resolve: () => void }[] = [];
  const lines = () => text.split('\n').slice(0, -1); // the last one may be half a line
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    for (const { count, resolve } of waiting) if (lines().length >= count) resolve();
  });
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => {
      running.delete(child);
      resolve();
    });
  });
  return {
    child,
    lines,
    ended,
    /** Waits until it has said this much, or ended. */
    said: (count: number) =>
      Promise.race([ended, new Promise<void>((resolve) => waiting.push({ count, resolve }))]),
  };
}

let opened: TestDatabase;
beforeEach(async () => {
  opened = await openTestDatabase('sqlite');
});
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  await opened.close();
});

describe('a SQLite file', () => {
  test('has every row that a process acknowledged before kill -9, and is whole', async () => {
    const writer = start(opened.url, 'rows', 'a');
    await writer.said(200);
    writer.child.kill('SIGKILL');
    await writer.ended;
    const acknowledged = writer.lines();
    expect(acknowledged.length).toBeGreaterThanOrEqual(200);
    const ids = statement<{ id: string }>('test_ids', 'SELECT id FROM author');
    const kept = new Set((await opened.db.read.all(ids, [])).map((row) => row.id));
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    const file = new BetterSqlite3(opened.url.replace('file:', ''), { readonly: true });
    expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
    file.close();
  });

  test('loses no read-modify-write of two processes at once', async () => {
    const { db } = opened;
    await db.write((tx) => tx.product.create({ data: { id: 'counter', slug: 'counter', name: '0' } }));
    const writers = [start(opened.url, 'increments', '150'), start(opened.url, 'increments', '150')];
    await Promise.all(writers.map((writer) => writer.ended));
    expect(writers.map((writer) => writer.lines())).toEqual([['done'], ['done']]);
    const row = await db.write((tx) => tx.product.findUnique({ where: { id: 'counter' } }));
    expect(row?.name).toBe('300');
  });

  test('has each migration once when three processes start at once', async () => {
    const folder = temporaryFolder();
    const rows = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)
      INSERT INTO a SELECT i FROM n;`;
    writeMigrations(folder.path, { '1_first': 'CREATE TABLE a (id INTEGER);', '2_second': rows });
    const url = `file:${folder.file('new.db')}`;
    const starters = [1, 2, 3].map(() => start(url, 'migrate', folder.path));
    await Promise.all(starters.map((starter) => starter.ended));
    const applied = starters.flatMap((starter) => starter.lines().join(' ').split(' '));
    expect(applied.filter((name) => name !== 'nothing').sort()).toEqual(['1_first', '2_second']);
    const file = new BetterSqlite3(folder.file('new.db'), { readonly: true });
    expect(file.prepare('SELECT count(*) FROM a').pluck().get()).toBe(300_000);
    file.close();
    folder.remove();
  });
});
