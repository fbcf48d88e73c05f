// parley backup FILE [--force]: copies the SQLite database to FILE while the server runs.

import { backUp } from '../operations/index.ts';
import { readSettings } from '../server/settings/settings.ts';
import { usageOf } from './commands.ts';
import { amounts, oneFile, readOptions, runCommand } from './run-command.ts';

const USAGE = usageOf('backup');

await runCommand('The backup was stopped: no file was written.', async (signal) => {
  const startedMs = performance.now();
  const { values, positionals } = readOptions(USAGE, { force: { type: 'boolean', default: false } });
  const { databaseUrl } = readSettings(process.env);
  const made = await backUp({ databaseUrl, file: oneFile(positionals, USAGE), force: values.force, signal });
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  return `Backed up ${amounts(made)} to ${made.file} (${made.bytes} bytes) in ${seconds} s.`;
});
