import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backUp } from '../../src/operations/index.ts';
import { standingOf } from './files.ts';
import { forumProcess, newFolder, type Standing, stoppedHalfWay } from './other-process.ts';

async function openForum() {
  const folder = newFolder();
  const database = join(folder, 'forum.db');
  const forum = await forumProcess(database);
  return { folder, database, databaseUrl: `file:${database}`, forum, file: join(folder, 'backup.db') };
}

test('a backup under continuous writes is consistent and holds everything acknowledged before it began', async () => {
  const { databaseUrl, forum, file } = await openForum();
  await forum.ask('flow');
  while ((await forum.ask<number>('acknowledged')) < 20) await forum.ask('ping');
  const before = await forum.ask<number>('acknowledged');
  // the copy has begun; it goes on when more has been committed
  const onStep = async () => {
    const sofar = await forum.ask<number>('acknowledged');
    while ((await forum.ask<number>('acknowledged')) === sofar) await forum.ask('ping');
  };
  const made = await backUp({ databaseUrl, file, pagesPerStep: 20, onStep });
  const after = await forum.ask<number>('halt');

  const copied = await standingOf(file);
  expect(copied).toEqual({ comments: copied.counted, counted: copied.counted, integrity: 'ok' });
  expect(copied.comments).toBeGreaterThanOrEqual(before);
  expect(copied.comments).toBeLessThan(after);
  expect(made).toMatchObject({ file, discussions: 1, comments: copied.comments });
  expect(await forum.ask<Standing>('present')).toEqual({ comments: after, counted: after, integrity: 'ok' });
});

test('the server reads and writes during a backup, which holds nothing written after its start', async () => {
  const { databaseUrl, forum, file } = await openForum();
  await forum.ask('add');
  const seen: number[] = [];
  const onStep = async () => {
    if (seen.length === 3) return;
    await forum.ask('add');
    seen.push((await forum.ask<Standing>('present')).comments);
  };
  await backUp({ databaseUrl, file, pagesPerStep: 1, onStep });
  expect(seen).toEqual([2, 3, 4]);
  expect((await standingOf(file)).comments).toBe(1);
});

test('a backup that waits for a lock does not block the event loop', async () => {
  const { databaseUrl, forum, file } = await openForum();
  await forum.ask('add');
  await forum.ask('hold');
  const order: string[] = [];
  const made = backUp({ databaseUrl, file }).then(() => order.push('backup'));
  // an answer comes only through the event loop, and only the release lets the backup go on
  await forum.ask('ping');
  order.push('answer');
  await forum.ask('release');
  await made;
  expect(order).toEqual(['answer', 'backup']);
});

test('a backup is a single file with the permissions of the database', async () => {
  const { folder, database, databaseUrl, forum, file } = await openForum();
  await forum.ask('add');
  await forum.ask('close');
  chmodSync(database, 0o640);
  await backUp({ databaseUrl, file });
  expect(statSync(file).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder).sort()).toEqual(['backup.db', 'forum.db']);
});

test('a backup with force replaces an older one', async () => {
  const { folder, databaseUrl, forum, file } = await openForum();
  writeFileSync(file, 'something else');
  await forum.ask('add');
  await backUp({ databaseUrl, file, force: true });
  expect(await standingOf(file)).toEqual({ comments: 1, counted: 1, integrity: 'ok' });
  expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
});

test('a backup that is killed half way leaves no file with its name, and the next one succeeds', async () => {
  const { database, databaseUrl, forum, file } = await openForum();
  await forum.ask('add');
  const halfWay = await stoppedHalfWay('backup', database, file, 2);
  await halfWay.kill('SIGKILL');
  await expect(standingOf(file)).rejects.toMatchObject({ code: 'SQLITE_CANTOPEN' });
  await backUp({ databaseUrl, file });
  expect(await standingOf(file)).toEqual({ comments: 1, counted: 1, integrity: 'ok' });
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  'a backup that is stopped by %s leaves nothing behind and ends with status %i',
  async (signal, status) => {
    const { folder, database, forum, file } = await openForum();
    await forum.ask('add');
    await forum.ask('close');
    const halfWay = await stoppedHalfWay('backup', database, file, 2);
    expect(await halfWay.kill(signal)).toEqual({ status, errors: 'Stopped.\n' });
    expect(readdirSync(folder)).toEqual(['forum.db']);
  },
);
