// npm run api-key -- create --name NAME --role MEMBER|MODERATOR|ADMIN: creates an author with an API key, and prints the key.

import { systemClock } from '../access/clock.ts';
import { issueKeyForNewAuthor } from '../identity/index.ts';
import { readSettings } from '../server/settings/settings.ts';
import { StartError } from '../start-error.ts';
import { newId } from '../store/index.ts';
import { openMigrated } from './open-migrated.ts';
import { readOptions, runCommand } from './run-command.ts';

const USAGE = 'npm run api-key -- create --name NAME --role MEMBER|MODERATOR|ADMIN';
const ROLES = ['MEMBER', 'MODERATOR', 'ADMIN'] as const;

await runCommand('Nothing was created.', async () => {
  const { values, positionals } = readOptions(USAGE, { name: { type: 'string' }, role: { type: 'string' } });
  const name = values.name?.trim() ?? '';
  const role = ROLES.find((one) => one === values.role);
  if (positionals.join(' ') !== 'create' || name === '' || !role) throw new StartError(`Usage: ${USAGE}`);
  const db = await openMigrated(readSettings(process.env));
  try {
    const at = systemClock();
    const { token } = await db.transaction((tx) => issueKeyForNewAuthor(tx, newId, { name, role, at }));
    return token;
  } finally {
    await db.close();
  }
});
