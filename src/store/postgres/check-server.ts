import type pg from 'pg';
import { StartError } from '../../start-error.ts';
import { CONNECT_MS_MAX, isSchemaName, nameOf, type PostgresAddress } from './connection.ts';

interface Facts {
  readonly encoding: string;
  readonly schema: string | null;
  readonly digits: number;
  readonly isolation: string;
}

const FACTS = `SELECT current_setting('server_encoding') AS "encoding", current_schema() AS "schema",
  current_setting('extra_float_digits')::int AS "digits",
  current_setting('default_transaction_isolation') AS "isolation"`;

/**
 * Returns the schema in which a connection works. Null if there is none yet. Throws StartError if the database cannot
 * store every text, or if PgBouncer gives us sessions in which we would misread it.
 */
export async function checkServer(
  client: Pick<pg.Client, 'query'>,
  url: string,
  { keepsStatements }: PostgresAddress,
): Promise<string | null> {
  const { rows } = await client.query<Facts>({
    text: FACTS,
    query_timeout: CONNECT_MS_MAX, // the first statement: it finds out whether the server answers
  } as pg.QueryConfig);
  const facts = rows[0] as Facts;
  if (facts.encoding !== 'UTF8')
    throw new StartError(
      `${nameOf(url)} has the encoding ${facts.encoding}: create one with ENCODING 'UTF8'.`,
    );
  if (!keepsStatements && (facts.digits < 1 || facts.isolation !== 'read committed'))
    throw new StartError(
      `${nameOf(url)} needs extra_float_digits = 1 and default_transaction_isolation = 'read committed', which PgBouncer does not set by session: set them for the role (ALTER ROLE … SET …).`,
    );
  if (facts.schema !== null && !isSchemaName(facts.schema))
    throw new StartError(
      `${nameOf(url)} has a search_path with quotes in the name of its schema: rename it.`,
    );
  return facts.schema;
}
