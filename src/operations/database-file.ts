import { StartError } from '../start-error.ts';
import { addressOf } from '../store/index.ts';

const INSTEAD = {
  backup: 'pg_dump --format=custom --file=FILE "$DATABASE_URL"',
  restore: 'pg_restore --clean --if-exists --dbname="$DATABASE_URL" FILE',
} as const;

/** The absolute path of the SQLite database. Throws a StartError that names PostgreSQL's own tool for PostgreSQL. */
export function sqliteFileOf(databaseUrl: string, command: keyof typeof INSTEAD): string {
  const address = addressOf(databaseUrl);
  if (address.engine === 'sqlite') return address.file;
  throw new StartError(`npm run ${command} is for SQLite; for PostgreSQL use ${INSTEAD[command]}.`);
}
