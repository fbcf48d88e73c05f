import type { PrismaClient as SqliteClient } from '../../generated/sqlite/client.ts';
import { createCommits, createListeners } from '../commits.ts';
import type { Database, DatabaseOptions } from '../database.ts';
import { isMigrated } from '../migrations.ts';
import { transactionsOf, WAIT_MS_MAX } from '../transactions.ts';
import { CONNECT_MS_MAX, poolOf, postgresAddress, startErrorOf } from './connection.ts';
import { ownWritesInMemory } from './own-writes.ts';
import { postgresReader } from './reader.ts';
import { forActor, openReplicas } from './replicas.ts';
import { postgresTransaction } from './writer.ts';

/**
 * Half of an instance's connections read and half write, so that writers who wait for a row leave connections for
 * readers. A server allows 100 by default, which several instances share.
 */
const CONNECTIONS = 16;

/** Opens a database on a server. Throws StartError if the server cannot be reached or refuses the connection. */
export async function openPostgres(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const { listen, emit } = createListeners<string>();
  const commits = createCommits();
  const address = postgresAddress(url);
  const connectionsMax = Math.max(1, Math.floor((options.connections ?? CONNECTIONS) / 2));
  try {
    const [readers, writers] = [
      poolOf(address, connectionsMax, CONNECT_MS_MAX),
      poolOf(address, connectionsMax, WAIT_MS_MAX),
    ];
    await readers.query('SELECT 1').catch(async (error) => {
      await readers.end();
      throw error;
    });
    const { write, transaction, finish } = transactionsOf({
      engine: 'postgres',
      openClient: async () => {
        const { PrismaClient } = await import('../../generated/postgres/client.ts');
        const { PrismaPg } = await import('@prisma/adapter-pg');
        const adapter = new PrismaPg(writers);
        // both clients are generated from the same models, so the types of what we call are equal
        return new PrismaClient({ adapter }) as unknown as SqliteClient;
      },
      transaction: postgresTransaction(writers, emit, address.keepsStatements, commits),
      commits,
    });
    const read = postgresReader(readers, emit, address.keepsStatements);
    const urls = options.replicaUrls ?? [];
    const parts = { urls, primary: address, fallback: read, connectionsMax, onStatement: emit };
    const replicas = urls.length === 0 ? null : await openReplicas(parts);
    const base: Omit<Database, 'forActor'> = {
      engine: 'postgres',
      read,
      write,
      transaction,
      ping: async () => {
        await readers.query('SELECT 1');
      },
      migrationsApplied: () => isMigrated('postgres', read),
      onStatement: listen,
      onCommit: commits.listen,
      changesElsewhere: () => null,
      close: async () => {
        await finish();
        await replicas?.close();
        await Promise.all([readers, writers].map((pool) => (pool.ended ? undefined : pool.end())));
      },
    };
    if (replicas === null) return forEveryActor(base);
    const ownWrites = options.ownWrites ?? ownWritesInMemory();
    return { ...base, forActor: forActor({ base, primary: readers, replicas, ownWrites }) };
  } catch (error) {
    throw startErrorOf(error, url);
  }
}

/** Without replicas, one server has everyone's writes. */
function forEveryActor(base: Omit<Database, 'forActor'>): Database {
  const database: Database = { ...base, forActor: () => database };
  return database;
}
