// Faults of a SQLite file under writing clients.
import { renameSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { start } from '../../server/program.ts';
import { temporaryFolder } from '../../support/database.ts';
import { openSmallDisk } from '../../support/small-disk.ts';
import { endure } from './endure.ts';
import { judge, openForum, send } from './traffic.ts';

/** A writer waits two thirds of it for the lock. */
const REQUEST_SECONDS = 3;

async function opened(folder: string) {
  const file = path.join(folder, 'forum.db');
  const databaseUrl = `file:${file}`;
  const { listening } = await start({
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'info',
    RATE_LIMITS: 'off',
    PLAYGROUND: 'off',
    REQUEST_TIMEOUT_SECONDS: String(REQUEST_SECONDS),
  });
  const url = await listening();
  return { url, file, databaseUrl, forum: await openForum(url, databaseUrl) };
}

function newFolder(): string {
  const folder = temporaryFolder();
  onTestFinished(folder.remove);
  return folder.path;
}

/** Another process's hold on the write lock: SQLite tells connections apart, not processes. */
function lock(file: string): () => void {
  const other = new BetterSqlite3(file);
  other.exec('BEGIN IMMEDIATE');
  return () => {
    other.exec('ROLLBACK');
    other.close();
  };
}

describe('a server on SQLite loses no acknowledged comment, refuses with 503 and recovers by itself', () => {
  test('while another process holds the write lock', async () => {
    const server = await opened(newFolder());
    let unlock = () => {};
    await endure(server, {
      name: 'SQLite: another process holds the write lock',
      begin: () => {
        unlock = lock(server.file);
      },
      end: () => unlock(),
      reason: 'DATABASE_LOCKED',
      ms: 3_500,
    });
  }, 60_000);

  test('while the file is moved away, and writes nothing to it there', async () => {
    const server = await opened(newFolder());
    await endure(server, {
      name: 'SQLite: the file is moved away, and back',
      begin: () => renameSync(server.file, `${server.file}.away`),
      end: () => renameSync(`${server.file}.away`, server.file),
      reason: 'DATABASE_MOVED',
    });
  }, 60_000);

  const disk = openSmallDisk();
  test.skipIf(disk === null)(
    disk ? 'while the disk is full' : 'while the disk is full (skipped: this user cannot mount a tmpfs)',
    async () => {
      if (!disk) return;
      onTestFinished(disk.remove);
      await endure(await opened(disk.path), {
        name: 'SQLite: the disk is full',
        begin: disk.fill,
        end: disk.free,
        reason: 'DATABASE_FULL',
        ms: 2_000,
        filler: 'x'.repeat(5_000),
      });
    },
    60_000,
  );
});

test('none of 12 comments that met their deadline behind a lock is stored, and each is once when it is repeated', async () => {
  const { url, file, forum, databaseUrl } = await opened(newFolder());
  const bodies = Array.from({ length: 12 }, (_, n) => `late ${n}`);
  const unlock = lock(file);
  const late = await Promise.all(bodies.map((body) => send(url, forum, body)));
  expect(late.map(({ outcome }) => outcome)).toEqual(bodies.map(() => 'REFUSED'));
  unlock();
  await sleep(500);
  expect((await judge(late, databaseUrl)).wrong).toEqual([]);
  for (const repeat of [1, 2]) {
    const again = await Promise.all(bodies.map((body) => send(url, forum, body)));
    expect(
      again.map(({ outcome }) => outcome),
      `repeat ${repeat}`,
    ).toEqual(bodies.map(() => 'ACKNOWLEDGED'));
    expect(await judge(again, databaseUrl)).toMatchObject({ lost: 0, wrong: [] });
  }
}, 60_000);
