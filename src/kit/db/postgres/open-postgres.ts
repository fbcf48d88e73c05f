import pg from 'pg';
import type { PrismaClient as SqliteClient } from '../../../generated/sqlite/client.ts';
import type { Database } from '../database.ts';
import { createListeners } from '../listeners.ts';
import { isMigrated } from '../migrations.ts';
import { transactionsOf } from '../transactions.ts';
import { postgresAdapter } from './adapter.ts';
import { postgresReader } from './reader.ts';
import { CONNECT_MS_MAX, startErrorOf } from './start-errors.ts';

/** Connections for reads and writes together. A server has 100 by default, and several instances share it. */
const CONNECTIONS_MAX = 10;
/** How often a write is tried that loses a deadlock or a serialisation conflict. */
const TRIES_MAX = 5;

/** Opens a database on a server. Throws StartError where it cannot be reached or refuses us. */
export async function openPostgres(url: string): Promise<Database> {
  const { listen, tell } = createListeners();
  try {
    const pool = new pg.Pool({
      connectionString: url,
      max: CONNECTIONS_MAX,
      connectionTimeoutMillis: CONNECT_MS_MAX,
    });
    // an idle connection that the server closes is replaced when it is next needed; unheard, it would end the process
    pool.on('error', () => {});
    await pool.query('SELECT 1').catch(async (error) => {
      await pool.end();
      throw error;
    });
    const { PrismaClient } = await import('../../../generated/postgres/client.ts');
    // both clients are generated from the same models: what we call has the same types in either
    const prisma = new PrismaClient({ adapter: postgresAdapter(pool, tell) }) as unknown as SqliteClient;
    const read = postgresReader(pool, tell);
    return {
      engine: 'postgres',
      read,
      write: transactionsOf(prisma, TRIES_MAX),
      ping: async () => {
        await pool.query('SELECT 1');
      },
      migrationsApplied: () => isMigrated('postgres', read),
      onStatement: listen,
      close: async () => {
        await prisma.$disconnect();
        await pool.end();
      },
    };
  } catch (error) {
    throw startErrorOf(error, url);
  }
}
