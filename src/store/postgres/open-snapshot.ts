import type { Snapshot } from '../database.ts';
import { commandClient, postgresAddress, startErrorOf } from './connection.ts';
import { endClient } from './pool.ts';
import { arrayQueryOf, rowsOf } from './reader.ts';

/** No page of an export takes nearly as long. */
const STATEMENT_MS_MAX = 10 * 60_000;

/** Reads one state of a database on a connection of its own, while others write. */
export async function openPostgresSnapshot(url: string): Promise<Snapshot> {
  const address = postgresAddress(url);
  const client = commandClient(address, STATEMENT_MS_MAX);
  try {
    await client.connect();
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return {
      all: async (statement, params) =>
        rowsOf(statement, await client.query(arrayQueryOf(statement, params, address.keepsStatements))),
      close: () => endClient(client),
    };
  } catch (error) {
    await endClient(client).catch(() => {});
    throw startErrorOf(error, url);
  }
}
