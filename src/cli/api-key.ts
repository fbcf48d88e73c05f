// parley api-key create --name NAME --role MEMBER|MODERATOR|ADMIN: creates an author with an API key, and prints the key.

import { systemClock } from '../access/clock.ts';
import { issueKeyForNewAuthor } from '../identity/index.ts';
import { StartError } from '../start-error.ts';
import { newId } from '../store/index.ts';
import { usageOf } from './commands.ts';
import { readOptions, runCommand, withForum } from './run-command.ts';

const USAGE = usageOf('api-key');
const ROLES = ['MEMBER', 'MODERATOR', 'ADMIN'] as const;

await runCommand('Nothing was created.', async () => {
  const { values, positionals } = readOptions(USAGE, { name: { type: 'string' }, role: { type: 'string' } });
  const name = values.name?.trim() ?? '';
  const role = ROLES.find((one) => one === values.role);
  if (values.role !== undefined && !role)
    throw new StartError(`--role must be one of ${ROLES.join(', ')}, not "${values.role}". Usage: ${USAGE}`);
  if (positionals.join(' ') !== 'create' || name === '' || !role) throw new StartError(`Usage: ${USAGE}`);
  const author = { name, role, at: systemClock() };
  const { token } = await withForum((db) => db.transaction((tx) => issueKeyForNewAuthor(tx, newId, author)));
  return token;
});
