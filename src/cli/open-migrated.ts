import { openForCommand } from '../server/instances.ts';
import type { Config } from '../server/settings/settings.ts';
import type { Database } from '../store/index.ts';

const UNTOLD =
  'Redis could not be reached: instances that serve this forum may give answers from before for up to an hour.';

/** Opens the forum's database for a command, migrated. The instances that serve the forum are told of what it writes. */
export function openMigrated(config: Config): Promise<Database> {
  return openForCommand(config, () => process.stderr.write(`${UNTOLD}\n`));
}
