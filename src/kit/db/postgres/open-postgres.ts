import pg from 'pg';
import type { PrismaClient as SqliteClient } from '../../../generated/sqlite/client.ts';
import type { Database } from '../database.ts';
import { createListeners } from '../listeners.ts';
import { isMigrated } from '../migrations.ts';
import { transactionsOf, WAIT_MS_MAX } from '../transactions.ts';
import { postgresAdapter } from './adapter.ts';
import { postgresReader } from './reader.ts';
import { CONNECT_MS_MAX, startErrorOf } from './start-errors.ts';
import { postgresTransaction } from './writer.ts';

/**
 * Connections for reads, and for writes: apart, so that writers who queue for one row leave no reader without one. A
 * server has 100 by default, and several instances share it.
 */
const READERS_MAX = 8;
const WRITERS_MAX = 8;
/** How often a write is tried that loses a deadlock or a serialisation conflict. */
const TRIES_MAX = 5;

/** Opens a database on a server. Throws StartError where it cannot be reached or refuses us. */
export async function openPostgres(url: string): Promise<Database> {
  const { listen, tell } = createListeners();
  try {
    const [readers, writers] = [
      poolOf(url, READERS_MAX, CONNECT_MS_MAX),
      poolOf(url, WRITERS_MAX, WAIT_MS_MAX),
    ];
    await readers.query('SELECT 1').catch(async (error) => {
      await readers.end();
      throw error;
    });
    const { write, transaction, finish } = transactionsOf({
      engine: 'postgres',
      openClient: async () => {
        const { PrismaClient } = await import('../../../generated/postgres/client.ts');
        // both clients are generated from the same models: what we call has the same types in either
        return new PrismaClient({ adapter: postgresAdapter(writers, tell) }) as unknown as SqliteClient;
      },
      transaction: postgresTransaction(writers, tell),
      tries: TRIES_MAX,
    });
    const read = postgresReader(readers, tell);
    return {
      engine: 'postgres',
      read,
      write,
      transaction,
      ping: async () => {
        await readers.query('SELECT 1');
      },
      migrationsApplied: () => isMigrated('postgres', read),
      onStatement: listen,
      close: async () => {
        await finish();
        await Promise.all([readers, writers].map((pool) => (pool.ended ? undefined : pool.end())));
      },
    };
  } catch (error) {
    throw startErrorOf(error, url);
  }
}

/** `waitMs`: for a server that does not answer, and for a connection where all are in use. */
function poolOf(url: string, max: number, waitMs: number): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: waitMs });
  // an idle connection that the server closes is replaced when it is next needed; unheard, it would end the process
  pool.on('error', () => {});
  return pool;
}
