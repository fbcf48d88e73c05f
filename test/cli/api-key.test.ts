import { expect, onTestFinished, test } from 'vitest';
import { runCommand } from '../support/command.ts';
import { temporaryFolder } from '../support/database.ts';

const USAGE = 'npm run api-key -- create --name NAME --role MEMBER|MODERATOR|ADMIN';

test.each([
  [
    'an unknown role',
    ['create', '--name', 'Bot', '--role', 'GOD'],
    `--role must be one of MEMBER, MODERATOR, ADMIN, not "GOD". Usage: ${USAGE}\n`,
  ],
  ['no role', ['create', '--name', 'Bot'], `Usage: ${USAGE}\n`],
  ['no name', ['create', '--role', 'ADMIN'], `Usage: ${USAGE}\n`],
])('api-key with %s says what is wrong', async (_, args, stderr) => {
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  const databaseUrl = `file:${folder.file('forum.db')}`;
  expect(await runCommand('api-key', args, { databaseUrl })).toEqual({ status: 1, stdout: '', stderr });
});
