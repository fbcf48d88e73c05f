// parley restore FILE: replaces the SQLite database by a backup. Stop the server first.

import { systemClock } from '../access/clock.ts';
import { restore } from '../operations/index.ts';
import { readSettings } from '../server/settings/settings.ts';
import { usageOf } from './commands.ts';
import { amounts, oneFile, readOptions, runCommand } from './run-command.ts';

const USAGE = usageOf('restore');

await runCommand('The restore was stopped: the database has not changed.', async (signal) => {
  const { positionals } = readOptions(USAGE, {});
  const file = oneFile(positionals, USAGE);
  const { databaseUrl } = readSettings(process.env);
  const restored = await restore({ databaseUrl, file, now: systemClock(), signal });
  const preserved =
    restored.preservedAs === null ? '' : ` The old database is preserved as ${restored.preservedAs}.`;
  return `Restored ${amounts(restored)} to ${restored.database}.${preserved}`;
});
