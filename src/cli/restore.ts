// npm run restore -- FILE: puts a backup in the place of the SQLite database. The server must not run.

import { systemClock } from '../access/clock.ts';
import { restore } from '../operations/index.ts';
import { readConfig } from '../server/settings/settings.ts';
import { readOptions } from './options.ts';
import { amounts, oneFile, runCommand } from './run-command.ts';

const USAGE = 'npm run restore -- FILE';

await runCommand('The restore was stopped: the database is as it was.', async (signal) => {
  const { positionals } = readOptions(USAGE, {});
  const file = oneFile(positionals, USAGE);
  const { databaseUrl } = readConfig(process.env);
  const restored = await restore({ databaseUrl, file, now: systemClock(), signal });
  const before = restored.keptAs === null ? '' : ` What stood there is kept as ${restored.keptAs}.`;
  return `Restored ${amounts(restored)} to ${restored.database}.${before}`;
});
