import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { StartError } from '../../src/start-error.ts';
import { migrate, openDatabase } from '../../src/store/index.ts';
import { temporaryFolder } from '../support/database.ts';
import { postgresTitle, postgresUrl } from '../support/postgres.ts';

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
