import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCommand } from '../support/command.ts';
import { temporaryFolder } from '../support/database.ts';
import { newDatabaseFolder } from './database-folder.ts';

describe('the commands', () => {
  test('print one line, or one sentence with status 1 if they fail', async () => {
    const { folder, database, backup } = await newDatabaseFolder();
    const databaseUrl = `file:${database}`;
    const file = join(folder, 'new.db');
    expect(await runCommand('backup', [file], { databaseUrl })).toEqual({
      status: 0,
      stdout: expect.stringMatching(
        /^Backed up 0 discussions and 0 comments to .*new\.db \(\d+ bytes\) in \d+\.\d s\.\n$/,
      ),
      stderr: '',
    });
    expect(await runCommand('backup', [backup], { databaseUrl })).toEqual({
      status: 1,
      stdout: '',
      stderr: `${backup} already exists: add --force to overwrite it.\n`,
    });
    expect(await runCommand('backup', [backup, '--forse'], { databaseUrl })).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(
        /^Unknown option '--forse'.* Usage: npm run backup -- FILE \[--force\]\n$/,
      ),
    });
    expect(await runCommand('restore', [file], { databaseUrl })).toEqual({
      status: 0,
      stdout: expect.stringMatching(
        /^Restored 0 discussions and 0 comments to .*forum\.db\. The old database is preserved as .*before-restore-\d{8}T\d{6}Z\.\n$/,
      ),
      stderr: '',
    });
  });

  test.each([
    ['backup', 'pg_dump'],
    ['restore', 'pg_restore'],
  ] as const)('%s names %s for PostgreSQL', async (name, tool) => {
    const databaseUrl = 'postgresql://parley:secret@127.0.0.1:1/parley';
    const { status, stdout, stderr } = await runCommand(name, ['b.db'], { databaseUrl });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(
      new RegExp(`^The command ${name} is for SQLite; for PostgreSQL use ${tool} .*\\.\\n$`),
    );
    expect(stderr).not.toContain('secret');
  });

  test.each([
    ['export', ['new.jsonl']],
    ['doctor', []],
    ['search', ['reindex']],
    ['backup', ['new.db']],
  ] as const)('%s refuses a missing database and creates none', async (name, args) => {
    const folder = temporaryFolder();
    try {
      const file = folder.file('nothere.db');
      const run = await runCommand(name, args, { databaseUrl: `file:${file}`, from: folder.path });
      expect(run).toEqual({
        status: 1,
        stdout: '',
        stderr: `There is no database yet at ${file}: the first start of the server creates it.\n`,
      });
      expect(readdirSync(folder.path)).toEqual([]);
    } finally {
      folder.remove();
    }
  });
});
