import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand, startCommand } from '../support/command.ts';
import { openTestDatabase, type TestDatabase, temporaryFolder } from '../support/database.ts';
import { postgresTitle, postgresUrl } from '../support/postgres.ts';
import { openTcpProxy } from '../support/tcp-proxy.ts';
import { imported, linesOf } from '../transfer/transfers.ts';

const AT = '2024-03-01T09:30:00.000Z';
const topic = { type: 'discussion', key: 'old:1', title: 'Which one?', body: 'Two.', createdAt: AT };
/** More than a pipe holds. */
const MANY = Array.from({ length: 40 }, (_, n) => ({ ...topic, key: `old:${n}`, body: 'x'.repeat(5_000) }));

describe('the commands', () => {
  const folder = temporaryFolder();
  const file = folder.file('forum.jsonl');
  let target: TestDatabase;
  let databaseUrl: string;
  const run = (name: 'import' | 'export', ...args: string[]) => runCommand(name, args, { databaseUrl });

  beforeAll(async () => {
    target = await openTestDatabase('sqlite');
    databaseUrl = target.url;
    await writeFile(file, linesOf([...MANY, { ...topic, key: 'old:last', author: 'old:nobody' }]));
  });

  afterAll(async () => {
    await target.close();
    folder.remove();
  });

  test('import recognises an export among documents, and reports what it left out', async () => {
    const report = folder.file('report.txt');
    const { status, stdout } = await run('import', file, '--report', report);
    expect(status).toBe(0);
    expect(stdout).toContain('discussion: 41 created, 0 updated, 0 unchanged\n');
    expect(stdout).toContain(`left out or changed, unknown author: 1, first at ${file}:42: "old:nobody"`);
    expect(stdout).toContain(`Each of them, with its place: ${report}\n`);
    expect(await readFile(report, 'utf8')).toBe(
      `${file}:42: unknown author: "old:nobody" is no author before this record.\n`,
    );
    const again = await run('import', file, '--json');
    expect(JSON.parse(again.stdout)).toEqual({
      records: { discussion: { created: 0, updated: 0, unchanged: 41 } },
      omitted: {},
    });
  });

  test('import names the file, the line and what was imported of a broken file', async () => {
    const broken = folder.file('broken.jsonl');
    await writeFile(broken, `${linesOf([{ ...topic, key: 'old:more' }])}oops\n`);
    const { status, stdout, stderr } = await run('import', broken);
    expect(status).toBe(1);
    expect(stdout).toContain('discussion: 1 created, 0 updated, 0 unchanged\n');
    expect(stderr).toContain(`${broken}:3: the line is not JSON`);
  });

  test('import refuses a mixture of kinds, and an unknown kind', async () => {
    const mixed = await run('import', file, 'seed');
    expect([mixed.status, mixed.stderr]).toEqual([1, expect.stringContaining('different kinds')]);
    const unknown = await run('import', file, '--from', 'usenet');
    expect([unknown.status, unknown.stderr]).toEqual([
      1,
      expect.stringContaining('--from must be one of:\n  parley: an export'),
    ]);
  });

  test('export writes a whole file, or the same to stdout', async () => {
    const out = folder.file('out.jsonl');
    const written = await run('export', out, '--as', 'guest');
    expect([written.status, written.stdout]).toEqual([
      0,
      expect.stringMatching(/^Exported 43 records as guest/),
    ]);
    const { status, stdout } = await run('export', '--as', 'guest');
    expect([status, stdout]).toEqual([0, await readFile(out, 'utf8')]);
    const refused = await run('export', '--as', 'root');
    expect([refused.status, refused.stderr]).toEqual([
      1,
      expect.stringContaining('--as must be one of guest'),
    ]);
  });

  test('export ends quietly when its reader goes', async () => {
    const child = startCommand('export', [], { databaseUrl });
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [status] = await once(child, 'close');
    expect([status, stderr]).toEqual([0, '']);
  });
});

test.skipIf(postgresUrl() === null)(
  postgresTitle('an export to a file that loses the database names it, and leaves no file'),
  async () => {
    const { db, url, close } = await openTestDatabase('postgres');
    const address = new URL(url);
    const way = await openTcpProxy(Number(address.port || 5432));
    const folder = temporaryFolder();
    try {
      address.port = String(way.port);
      const out = folder.file('out.jsonl');
      await imported(db, linesOf(MANY));
      // a pipe in the place of the file: the export waits for what reads it
      execFileSync('mkfifo', [`${out}.part`]);
      const child = startCommand('export', [out], { databaseUrl: address.href });
      let stderr = '';
      child.stderr.on('data', (text) => {
        stderr += text;
      });
      const closed = once(child, 'close');
      const reader = createReadStream(`${out}.part`);
      await once(reader, 'readable');
      await way.cut();
      reader.resume();
      expect(await closed).toEqual([1, null]);
      expect(stderr).toMatch(/^The database was not read to its end: [^\n]+\n$/);
      expect([existsSync(out), existsSync(`${out}.part`)]).toEqual([false, false]);
    } finally {
      await way.close();
      folder.remove();
      await close();
    }
  },
);
