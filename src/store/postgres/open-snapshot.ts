import type pg from 'pg';
import type { Snapshot } from '../database.ts';
import { CONNECT_MS_MAX, clientOf, postgresAddress, startErrorOf } from './connection.ts';
import { endClient } from './pool.ts';
import { arrayQueryOf, rowsOf } from './reader.ts';

/** No page of an export takes nearly as long. */
const STATEMENT_MS_MAX = 10 * 60_000;

/** Reads one state of a database on a connection of its own, while others write. */
export async function openPostgresSnapshot(url: string): Promise<Snapshot> {
  const address = postgresAddress(url);
  const client: pg.Client = new (clientOf(address))({
    connectionString: address.connectionString,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    query_timeout: STATEMENT_MS_MAX,
  });
  client.on('error', () => {}); // a lost connection fails the statement under way; without this it ends the process
  try {
    await client.connect();
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return {
      engine: 'postgres',
      all: async (statement, params) =>
        rowsOf(statement, await client.query(arrayQueryOf(statement, params, address.keepsStatements))),
      close: () => endClient(client),
    };
  } catch (error) {
    await endClient(client).catch(() => {});
    throw startErrorOf(error, url);
  }
}
