import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { command } from './files.ts';
import { newPlace } from './place.ts';

describe('the commands', () => {
  test('print one line, and a sentence with status 1 where they cannot', async () => {
    const { folder, database, backup } = await newPlace();
    const databaseUrl = `file:${database}`;
    const file = join(folder, 'new.db');
    expect(await command('backup', databaseUrl, file)).toEqual({
      status: 0,
      output: expect.stringMatching(
        /^Backed up 0 discussions and 0 comments to .*new\.db \(\d+ bytes\) in \d+\.\d s\.\n$/,
      ),
      errors: '',
    });
    expect(await command('backup', databaseUrl, backup)).toEqual({
      status: 1,
      output: '',
      errors: `${backup} exists already: add --force to overwrite it.\n`,
    });
    expect(await command('backup', databaseUrl, backup, '--forse')).toMatchObject({
      status: 1,
      errors: expect.stringMatching(
        /^Unknown option '--forse'.* Usage: npm run backup -- FILE \[--force\]\n$/,
      ),
    });
    expect(await command('restore', databaseUrl, file)).toEqual({
      status: 0,
      output: expect.stringMatching(
        /^Restored 0 discussions and 0 comments to .*forum\.db\. What stood there is kept as .*before-restore-\d{8}T\d{6}Z\.\n$/,
      ),
      errors: '',
    });
  });

  test.each([
    ['backup', 'pg_dump'],
    ['restore', 'pg_restore'],
  ] as const)('%s names %s for PostgreSQL', async (name, tool) => {
    const url = 'postgresql://parley:secret@127.0.0.1:1/parley';
    const { status, output, errors } = await command(name, url, 'b.db');
    expect({ status, output }).toEqual({ status: 1, output: '' });
    expect(errors).toMatch(
      new RegExp(`^npm run ${name} is for SQLite; for PostgreSQL use ${tool} .*\\.\\n$`),
    );
    expect(errors).not.toContain('secret');
  });
});
