import { migrate } from '../../src/store/index.ts';
import { createPostgresDatabase, postgresUrl } from './postgres.ts';

/** Where a run's processes find its template's name. */
const NAME = 'PARLEY_TEST_TEMPLATE';

/** Migrates one database before all tests: copying it takes less than half of the time that migrating does. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (postgresUrl() === null) return undefined;
  const template = await createPostgresDatabase();
  await migrate(template.url);
  process.env[NAME] = template.name;
  return template.drop;
}

/** A migrated database of its own, without a row. */
export function createMigratedDatabase(): ReturnType<typeof createPostgresDatabase> {
  return createPostgresDatabase(process.env[NAME]);
}
