import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backUp, restore } from '../../src/operations/index.ts';
import { standingOf, stateOf } from './files.ts';
import {
  type ForumProcess,
  forumProcess,
  killableForumProcess,
  newFolder,
  type Standing,
  stoppedHalfWay,
} from './other-process.ts';

const NOW = new Date('2026-11-24T03:04:05.678Z');
const ASIDE = 'forum.db.before-restore-20261124T030405Z';

/** A backup with one comment, and a database that has two by now. */
async function backedUp<Process extends ForumProcess = ForumProcess>(
  open: (file: string) => Promise<Process>,
) {
  const folder = newFolder();
  const database = join(folder, 'forum.db');
  const file = join(folder, 'backup.db');
  const databaseUrl = `file:${database}`;
  const forum = await open(database);
  await forum.ask('add');
  await backUp({ databaseUrl, file });
  await forum.ask('add');
  return { folder, database, databaseUrl, forum, file };
}

const holding = (comments: number): Standing => ({ comments, counted: comments, integrity: 'ok' });

test('a restore brings back the state of the backup, and preserves the old database', async () => {
  const { folder, database, databaseUrl, forum, file } = await backedUp(forumProcess);
  await forum.ask('close');
  const before = stateOf(file);
  expect(await restore({ databaseUrl, file, now: NOW })).toEqual({
    database,
    discussions: 1,
    comments: 1,
    preservedAs: join(folder, ASIDE),
  });
  expect(await standingOf(database)).toEqual(holding(1));
  expect(await standingOf(join(folder, ASIDE))).toEqual(holding(2));
  expect(readdirSync(folder).sort()).toEqual(['backup.db', 'forum.db', ASIDE]);
  expect(stateOf(file)).toEqual(before);
});

test('the server opens a restored database and writes to it', async () => {
  const { database, databaseUrl, forum, file } = await backedUp(forumProcess);
  await forum.ask('close');
  await restore({ databaseUrl, file, now: NOW });
  const reopened = await forumProcess(database);
  expect(await reopened.ask('present')).toEqual(holding(1));
  await reopened.ask('add');
  expect(await reopened.ask('present')).toEqual(holding(2));
});

test('a restore onto an open database is refused before the backup is read: even one that is no database', async () => {
  const { folder, databaseUrl } = await backedUp(forumProcess);
  const file = join(folder, 'poem.db');
  writeFileSync(file, 'a poem for a friend '.repeat(400));
  await expect(restore({ databaseUrl, file, now: NOW })).rejects.toThrow(
    /forum\.db is open in another program/,
  );
});

test('a restore is refused while a server has the database open, idle or not, and changes nothing', async () => {
  const { folder, database, databaseUrl, forum, file } = await backedUp(forumProcess);
  const before = { names: readdirSync(folder).sort(), content: readFileSync(database, 'base64') };
  await expect(restore({ databaseUrl, file, now: NOW })).rejects.toMatchObject({
    name: 'StartError',
    message: `${database} is open in another program: stop the server, then restore.`,
  });
  expect({ names: readdirSync(folder).sort(), content: readFileSync(database, 'base64') }).toEqual(before);
  await forum.ask('add');
  expect(await forum.ask('present')).toEqual(holding(3));
});

test('no WAL of the old database is applied to the restored one', async () => {
  const { folder, database, databaseUrl, forum, file } = await backedUp(killableForumProcess);
  await forum.kill('SIGKILL');
  expect(existsSync(`${database}-wal`)).toBe(true);
  await restore({ databaseUrl, file, now: NOW });
  expect(readdirSync(folder).filter((name) => /-(wal|journal)$/.test(name))).toEqual([]);
  const reopened = await forumProcess(database);
  expect(await reopened.ask('present')).toEqual(holding(1));
  // what was acknowledged and stood only in the WAL is not lost either
  expect(await standingOf(join(folder, ASIDE))).toEqual(holding(2));
});

test('a restore on a machine without a database creates its folder, and moves a WAL without a database away', async () => {
  const { folder, database, databaseUrl, forum, file } = await backedUp(forumProcess);
  await forum.ask('close');
  rmSync(database);
  writeFileSync(`${database}-wal`, 'left over');
  expect((await restore({ databaseUrl, file, now: NOW })).preservedAs).toBeNull();
  expect(await standingOf(database)).toEqual(holding(1));
  expect(existsSync(join(folder, `${ASIDE}-wal`))).toBe(true);

  const elsewhere = join(folder, 'new', 'data', 'forum.db');
  await restore({ databaseUrl: `file:${elsewhere}`, file, now: NOW });
  expect(await standingOf(elsewhere)).toEqual(holding(1));
});

test('a database that SQLite cannot read is replaced, and preserved unchanged', async () => {
  const { folder, database, databaseUrl, forum, file } = await backedUp(forumProcess);
  await forum.ask('close');
  writeFileSync(database, 'no database at all, but more than a hundred bytes of it. '.repeat(100));
  const damaged = readFileSync(database, 'base64');
  await restore({ databaseUrl, file, now: NOW });
  expect(await standingOf(database)).toEqual(holding(1));
  expect(readFileSync(join(folder, ASIDE), 'base64')).toBe(damaged);
});

test.each([1, 400])(
  'a restore killed after step %i of the replacement leaves the old database whole',
  async (steps) => {
    const { folder, database, databaseUrl, forum, file } = await backedUp(forumProcess);
    // longer than the pages that SQLite keeps in memory, so that the file has been written to
    rmSync(file);
    await forum.ask('add-long 4000000');
    await backUp({ databaseUrl, file });
    await forum.ask('add');
    await forum.ask('close');

    const halfWay = await stoppedHalfWay('restore', database, file, steps);
    await halfWay.kill('SIGKILL');
    // what the next process to open the database rolls back by
    expect(existsSync(`${database}-journal`)).toBe(true);
    const reopened = await forumProcess(database);
    expect(await reopened.ask('present')).toEqual(holding(4));
    await reopened.ask('close');

    for (const name of readdirSync(folder)) {
      if (name.includes('before-restore')) expect(await standingOf(join(folder, name))).toEqual(holding(4));
    }
    await restore({ databaseUrl, file, now: NOW });
    expect(await standingOf(database)).toEqual(holding(3));
  },
);

test('a restore that is stopped half way leaves the old database and nothing else', async () => {
  const { folder, database, forum, file } = await backedUp(forumProcess);
  await forum.ask('close');
  mkdirSync(join(folder, 'unrelated'));
  const halfWay = await stoppedHalfWay('restore', database, file, 5);
  expect(await halfWay.kill('SIGINT')).toEqual({ status: 130, errors: 'Stopped.\n' });
  expect(readdirSync(folder).sort()).toEqual(['backup.db', 'forum.db', 'unrelated']);
  expect(await standingOf(database)).toEqual(holding(2));
});

test('a server that starts during a restore waits, and reads the restored state', async () => {
  const { database, databaseUrl, forum, file } = await backedUp(forumProcess);
  await forum.ask('close');
  let starting: ReturnType<typeof forumProcess> | undefined;
  const onStep = () => {
    starting ??= forumProcess(database);
  };
  await restore({ databaseUrl, file, now: NOW, pagesPerStep: 1, onStep });
  const started = await starting;
  expect(await started?.ask('present')).toEqual(holding(1));
});
