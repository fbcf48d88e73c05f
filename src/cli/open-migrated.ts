import { openForCommand } from '../server/instances.ts';
import type { Settings } from '../server/settings/settings.ts';
import type { Database } from '../store/index.ts';

const STALE = 'Running instances cannot be reached: they may serve outdated answers for up to an hour.';

/** Opens the forum's database for a command and migrates it. Its writes invalidate the caches of running instances. */
export function openMigrated(settings: Settings): Promise<Database> {
  return openForCommand(settings, () => process.stderr.write(`${STALE}\n`));
}
