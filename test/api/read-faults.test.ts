// A read that fails in the store, because of the disk or of somebody else's hand: its request gets an incident, and
// nothing of it is left behind for the next one.
import { execFileSync } from 'node:child_process';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { type Answer, type Forum, openForum } from '../support/forum.ts';

const LIST = '{ discussions(first: 5, orderBy: MOST_COMMENTS) { totalCount nodes { title } } }';
/** The list is read, and then what fails. */
const THREAD =
  '{ discussions(first: 1, orderBy: MOST_COMMENTS) { nodes { title comments(first: 5) { nodes { body } } } } }';

let forum: Forum;
const fileOf = ({ databaseUrl }: Forum) => databaseUrl.replace(/^file:/, '');

/** What a fault looks like from outside: `path` is where it was met. */
function expectIncident({ data, errors }: Answer): void {
  expect(data).toBeNull();
  expect(errors).toHaveLength(1);
  const [error] = errors ?? [];
  const { incident } = (error?.extensions ?? {}) as { incident?: string };
  expect(incident).toMatch(/^[0-9a-f]{8}$/);
  expect(error?.message).toBe(`Something went wrong on our side. Incident ${incident}.`);
  expect(error?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', incident });
  expect(error?.path).toEqual(['discussions', 'nodes', 0, 'comments']);
}

/** Requests go on: the one that failed is answered, and what is written is seen by those after it. */
async function expectToGoOn(whole: Answer): Promise<void> {
  expect(await forum.ask(THREAD)).toEqual(whole);
  const before = await forum.ask(LIST);
  const input = { title: 'After all that?', body: 'Yes.' };
  const asked = await forum.as('ada').do('createDiscussion', input, 'discussion { title }');
  expect(asked.errors).toBeUndefined();
  const { discussions } = (await forum.ask(LIST)).data;
  expect(discussions.totalCount).toBe(before.data.discussions.totalCount + 1);
}

/** Writes into a file from another program: closing it here would end this one's locks. Answers what was there. */
function overwrite(file: string, at: number, bytes: Buffer): Buffer {
  const program = `const fs = require('fs');
    const bytes = fs.readFileSync(0);
    const fd = fs.openSync(process.argv[1], 'r+');
    const before = Buffer.alloc(bytes.length);
    fs.readSync(fd, before, 0, bytes.length, Number(process.argv[2]));
    fs.writeSync(fd, bytes, 0, bytes.length, Number(process.argv[2]));
    process.stdout.write(before);`;
  return execFileSync(process.execPath, ['-e', program, file, String(at)], { input: bytes });
}

describe.each(engines)('a read that fails on %s', (engine) => {
  beforeEach(async () => {
    forum = await openForum(engine, 'seeded');
  });
  afterEach(() => forum.close());

  /** As an operator's hand does it. */
  async function alter(sql: string): Promise<void> {
    if (engine === 'sqlite') {
      const connection = new BetterSqlite3(fileOf(forum));
      connection.exec(sql);
      connection.close();
      return;
    }
    const client = new pg.Client({ connectionString: forum.databaseUrl });
    await client.connect();
    await client.query(sql);
    await client.end();
  }

  test('because its table is gone answers an incident; once it is back, requests go on', async () => {
    const whole = await forum.ask(THREAD);
    await alter('ALTER TABLE comment RENAME TO comment_elsewhere');
    expectIncident(await forum.ask(THREAD));
    expect((await forum.ask(LIST)).errors).toBeUndefined();
    await alter('ALTER TABLE comment_elsewhere RENAME TO comment');
    await expectToGoOn(whole);
  });

  test('fails each of many requests at once, and is over for all of them together', async () => {
    const whole = await forum.ask(THREAD);
    await alter('ALTER TABLE comment RENAME TO comment_elsewhere');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => forum.ask(n % 2 === 0 ? THREAD : LIST)),
    );
    for (const [n, answer] of answers.entries())
      if (n % 2 === 0) expectIncident(answer);
      else expect(answer.errors).toBeUndefined();
    await alter('ALTER TABLE comment_elsewhere RENAME TO comment');
    await expectToGoOn(whole);
  });
});

describe('a read that fails on SQLite’s file', () => {
  beforeEach(async () => {
    forum = await openForum('sqlite', 'seeded');
  });
  afterEach(() => forum.close());

  test('because a page is no page (SQLITE_CORRUPT) answers an incident, and requests go on', async () => {
    const look = new BetterSqlite3(fileOf(forum));
    look.pragma('wal_checkpoint(TRUNCATE)');
    const pageBytes = look.pragma('page_size', { simple: true }) as number;
    const root = look
      .prepare<[], number>(`SELECT rootpage FROM sqlite_schema WHERE name = 'comment'`)
      .pluck();
    const at = ((root.get() ?? 0) - 1) * pageBytes;
    look.close();
    const before = overwrite(fileOf(forum), at, Buffer.alloc(pageBytes));
    expectIncident(await forum.ask(THREAD));
    expect((await forum.ask(LIST)).errors).toBeUndefined();
    overwrite(fileOf(forum), at, before);
    const whole = await forum.ask(THREAD);
    expect(whole.errors).toBeUndefined();
    await expectToGoOn(whole);
  });

  test('because the log ends too soon (SQLITE_IOERR_SHORT_READ) answers an incident, and requests go on', async () => {
    const log = `${fileOf(forum)}-wal`;
    const hand = new BetterSqlite3(fileOf(forum));
    hand.pragma('wal_autocheckpoint = 0');
    hand.exec(`UPDATE comment SET body_html = body_html || ' '`);
    hand.close();
    // what has been read of the log is in memory: the list alone is
    expect((await forum.ask(LIST)).errors).toBeUndefined();
    const written = readFileSync(log);
    expect(written.length).toBeGreaterThan(50_000);
    truncateSync(log, 32);
    expectIncident(await forum.ask(THREAD));
    writeFileSync(log, written);
    const whole = await forum.ask(THREAD);
    expect(whole.errors).toBeUndefined();
    await expectToGoOn(whole);
  });
});
