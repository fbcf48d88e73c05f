import type { Config } from '../app/config.ts';
import { openForCommand } from '../app/instances.ts';
import { type Database, migrate } from '../kit/db/index.ts';

const UNTOLD =
  'Redis could not be reached: instances that serve this forum may give answers from before for up to an hour.';

/** Migrates the forum's database and opens it. What is written is told to the instances that serve the forum. */
export async function openMigrated(config: Config): Promise<Database> {
  await migrate(config.databaseUrl);
  return openForCommand(config, () => process.stderr.write(`${UNTOLD}\n`));
}
