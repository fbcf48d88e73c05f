import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { StartError } from '../../src/start-error.ts';
import { addressOf, migrate, openDatabase } from '../../src/store/index.ts';
import { runCommand } from '../support/command.ts';
import { temporaryFolder } from '../support/database.ts';
import { postgresTitle, postgresUrl } from '../support/postgres.ts';
import { openSmallDisk } from '../support/small-disk.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** What the operator reads; both ways in must say the same. */
async function refusal(url: string): Promise<string> {
  const [first, second] = await Promise.all(
    [migrate, openDatabase].map((open) => open(url).catch((reason: unknown) => reason)),
  );
  expect(first).toBeInstanceOf(StartError);
  expect(second).toEqual(first);
  return (first as StartError).message;
}

describe('a URL that is none', () => {
  test.each(['', 'forum.db', 'mysql://localhost/forum', 'file:', 'file::memory:', 'http://localhost'])(
    '%j ends the start with one sentence that shows how it should look',
    async (url) => {
      expect(await refusal(url)).toBe(
        'DATABASE_URL must be a file, such as "file:./data/forum.db", or a "postgresql://" URL.',
      );
    },
  );
});

describe('a SQLite file that cannot be had ends the start with one sentence, and nothing is written', () => {
  test('a folder', async () => {
    mkdirSync(folder.file('folder.db'));
    expect(await refusal(`file:${folder.file('folder.db')}`)).toMatch(
      /folder\.db is a folder, not a database file/,
    );
    expect(readdirSync(folder.file('folder.db'))).toEqual([]);
  });

  test('a file of another kind', async () => {
    const text = 'These are notes, not a database.\n'.repeat(100);
    writeFileSync(folder.file('notes.txt'), text);
    expect(await refusal(`file:${folder.file('notes.txt')}`)).toMatch(/notes\.txt is not a SQLite database/);
    expect(readFileSync(folder.file('notes.txt'), 'utf8')).toBe(text);
    expect(readdirSync(folder.path).filter((name) => name.startsWith('notes'))).toEqual(['notes.txt']);
  });

  test('a place below a file', async () => {
    writeFileSync(folder.file('plain'), '');
    expect(await refusal(`file:${folder.file('plain/forum.db')}`)).toMatch(/plain is not a folder/);
    expect(await refusal(`file:${folder.file('plain/deeper/forum.db')}`)).toMatch(/deeper is not a folder/);
  });

  // /proc takes no new files, not even from the superuser, whom permissions do not stop
  test.skipIf(process.platform !== 'linux')('a folder that takes no files', async () => {
    expect(await refusal('file:/proc/self/forum.db')).toMatch(/forum\.db cannot be (opened|written to)/);
    expect(await refusal('file:/proc/nowhere/forum.db')).toMatch(/forum\.db cannot be opened/);
  });
});

describe('a SQLite URL that would name another file than meant ends the start, and creates no file', () => {
  const inFolder = (name: string) => `file:${folder.file(name)}`;
  test.each([
    ['?mode=ro', /takes no parameters for SQLite/],
    ['?connection_limit=1', /takes no parameters for SQLite/],
    ['?cache=shared&mode=memory', /takes no parameters for SQLite/],
    ['#copy', /takes no parameters for SQLite/],
    [' ', /without spaces around it/],
    ['\r', /without spaces around it/],
    ['/', /without spaces around it/],
    ['%zz', /"%" that is no escape/],
    ['%00', /"%" that is no escape/],
  ])('%j after the name', async (end, message) => {
    const before = readdirSync(folder.path);
    expect(await refusal(inFolder(`strange.db${end}`))).toMatch(message);
    expect(readdirSync(folder.path)).toEqual(before);
  });

  test.each([
    'file://forum.db',
    'file://localhost/srv/forum.db',
    'file:////srv/forum.db',
    'file://',
    'file:// /srv/forum.db',
  ])('%j, which would begin with a host', async (url) => {
    expect(await refusal(url)).toMatch(/"file:\/\/\/absolute\/path" or "file:relative\/path"|must end with/);
  });

  test.each([
    'sqlite:forum.db',
    'sqlite:///forum.db',
    'sqlite3:forum.db',
    'FILE:forum.db',
    ':memory:',
    'libsql://x',
  ])('%j, which is of another program', async (url) => {
    expect(await refusal(url)).toMatch(/^DATABASE_URL must be a file, such as/);
  });

  test.each([
    ['file:///srv/forum.db', '/srv/forum.db'],
    ['file:/srv/my%20forum.db', '/srv/my forum.db'],
    ['file:/srv/my forum.db', '/srv/my forum.db'],
    ['file:///srv/100%25%3F%23.db', '/srv/100%?#.db'],
    ['file:data/forum.db', path.resolve('data/forum.db')],
    ['file:./%E6%80%8E.db', path.resolve('怎.db')],
  ])('%j is the file %j', (url, file) => {
    expect(addressOf(url)).toEqual({ engine: 'sqlite', file });
  });

  test('an escape in the name of an existing file is refused instead of an empty forum beside it', async () => {
    await migrate(inFolder('a%2520b.db'));
    expect(readdirSync(folder.path)).toContain('a%20b.db');
    expect(await refusal(inFolder('a%20b.db'))).toMatch(/now means .*a b\.db, but there is .*a%20b\.db/);
    expect(readdirSync(folder.path)).not.toContain('a b.db');
  });
});

describe('a read-only database ends the start with one sentence', () => {
  const sentence =
    /^\S*forum\.db cannot be written to: give this user write permission to the file and its folder/;
  const disk = openSmallDisk();
  afterAll(() => disk?.remove());

  test.skipIf(disk === null)('on a disk that is mounted so', async () => {
    const url = `file:${disk?.path}/forum.db`;
    await migrate(url);
    disk?.setReadOnly();
    expect(await refusal(url)).toMatch(sentence);
    expect(await refusal(`file:${disk?.path}/new/forum.db`)).toMatch(sentence);
  });

  // permissions do not stop the superuser
  test.skipIf(process.getuid?.() === 0)('by the permissions of the file or its folder', async () => {
    const url = `file:${folder.file('read-only/forum.db')}`;
    await migrate(url);
    chmodSync(folder.file('read-only/forum.db'), 0o444);
    expect(await refusal(url)).toMatch(sentence);
    chmodSync(folder.file('read-only/forum.db'), 0o644);
    chmodSync(folder.file('read-only'), 0o555);
    expect(await refusal(url)).toMatch(sentence);
    chmodSync(folder.file('read-only'), 0o755);
  });
});

describe('a PostgreSQL URL that is none, or that a password has broken, is never quoted', () => {
  test.each([
    'postgresql://:::',
    'postgresql://me:hunter2/x@db/forum',
    'postgresql://me:12hunter2@db:port/forum',
    'postgresql://me:12/hunter2@db/forum',
    'postgresql://me:12?hunter2@db/forum',
    'postgresql://me:12#hunter2@db/forum',
    'postgresql://me:hunter2%zz@db/forum',
    'postgresql://me:hunter2@db/forum ',
    'postgresql://me:hunter2\n@db/forum',
  ])('%j', async (url) => {
    const message = await refusal(url);
    expect(message).toMatch(
      /^DATABASE_URL is not a valid "postgresql:\/\/" URL: in a user or password, write/,
    );
    expect(message).not.toMatch(/hunter2|me:|forum/);
    await expect(openDatabase('postgresql://db/forum', { replicaUrls: [url] })).rejects.toThrow(
      /^DATABASE_REPLICA_URLS is not a valid/,
    );
  });

  test('by a command either', async () => {
    const url = 'postgresql://me:12/hunter2@db/forum';
    const moving = await runCommand('move', ['x.db', url], { databaseUrl: 'file:unused.db' });
    expect(moving).toMatchObject({ status: 1, stdout: '' });
    expect(moving.stderr).toMatch(/^POSTGRES_URL is not a valid/);
    expect(moving.stderr).not.toMatch(/hunter2/);
  });
});

describe.skipIf(postgresUrl() === null)(postgresTitle('a PostgreSQL database that cannot be had'), () => {
  const changed = (change: (url: URL) => void) => {
    const url = new URL(postgresUrl() ?? '');
    change(url);
    return url.href;
  };

  test('that does not exist is named, without the password', async () => {
    const url = changed((url) => {
      url.pathname = '/parley_missing';
      url.password = 'secret';
    });
    expect(await refusal(url)).toMatch(/^The PostgreSQL database parley_missing on .*:\d+ does not exist/);
  });

  test('that refuses the user says so', async () => {
    const url = changed((url) => {
      url.username = 'parley_nobody';
      url.password = 'secret';
    });
    const message = await refusal(url);
    expect(message).toMatch(/refuses this user or password/);
    expect(message).not.toContain('secret');
  });
});

describe('a PostgreSQL server that does not answer', () => {
  test('is said to be out of reach', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    expect(await refusal(`postgresql://ada:secret@127.0.0.1:${port}/forum`)).toBe(
      `The PostgreSQL database forum on 127.0.0.1:${port} cannot be reached (ECONNREFUSED): start the server, or correct DATABASE_URL.`,
    );
  });

  test('as PostgreSQL does is said to be none', async () => {
    const server = createServer((socket) => socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(
      0,
      '127.0.0.1',
    );
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    expect(await refusal(`postgresql://127.0.0.1:${port}/forum`)).toMatch(
      /cannot be reached|does not answer/,
    );
    await new Promise((resolve) => server.close(resolve));
  });

  test('is not looked for where the URL is no URL', async () => {
    expect(await refusal('postgresql://:::')).toMatch(/DATABASE_URL/);
  });
});
