import type { PrismaClient as SqliteClient } from '../../generated/sqlite/client.ts';
import { createCommits, createListeners } from '../commits.ts';
import type { Database, DatabaseOptions } from '../database.ts';
import { isMigrated } from '../migrations.ts';
import { CLOSE_MS_MAX, transactionsOf } from '../transactions.ts';
import { checkServer } from './check-server.ts';
import { CONNECT_MS_MAX, postgresAddress, startErrorOf } from './connection.ts';
import { ownWritesInMemory } from './own-writes.ts';
import { closePool, isSilence, poolOf, type Waits } from './pool.ts';
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
  const connectionsMax = Math.max(1, Math.floor((options.connections ?? CONNECTIONS) / 2));
  try {
    const address = postgresAddress(url);
    const waits = waitsFor(options.requestMsMax);
    const [readers, writers] = [
      poolOf(address, { ...waits, connectionsMax }),
      poolOf(address, { ...waits, connectionsMax }),
    ];
    const schema = await checkServer(readers, url, address).catch(async (error) => {
      await closePool(readers, 0);
      throw error;
    });
    const { write, transaction, finish } = transactionsOf({
      engine: 'postgres',
      openClient: async () => {
        const { PrismaClient } = await import('../../generated/postgres/client.ts');
        const { PrismaPg } = await import('@prisma/adapter-pg');
        const adapter = new PrismaPg(writers, schema === null ? undefined : { schema });
        // both clients are generated from the same models, so the types of what we call are equal
        return new PrismaClient({ adapter }) as unknown as SqliteClient;
      },
      transaction: postgresTransaction(writers, emit, address.keepsStatements, commits),
      wasSilent: isSilence,
      commits,
    });
    const read = postgresReader(readers, emit, address.keepsStatements);
    const urls = options.replicaUrls ?? [];
    const parts = { urls, primary: address, fallback: read, connectionsMax, waits, onStatement: emit };
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
      load: () => ({
        waitingWrites: writers.waitingCount,
        waitingReads: readers.waitingCount,
        connections: readers.totalCount + writers.totalCount,
        logBytes: null,
      }),
      close: async (withinMs = CLOSE_MS_MAX) => {
        const until = performance.now() + withinMs;
        await finish(withinMs);
        const left = () => Math.max(0, until - performance.now());
        await replicas?.close(left());
        await Promise.all([readers, writers].map((pool) => closePool(pool, left())));
      },
    };
    if (replicas === null) return forEveryActor(base);
    const ownWrites = options.ownWrites ?? ownWritesInMemory();
    return { ...base, forActor: forActor({ base, primary: readers, replicas, ownWrites }) };
  } catch (error) {
    throw startErrorOf(error, url);
  }
}

/** A new connection to a server far away, with TLS. */
const NEW_CONNECTION_MS = 1_000;
/** A command's statement may take this long, such as a check of all comments. */
const COMMAND_ANSWER_MS = 120_000;

/**
 * A third of a request's time for each wait: a silent connection is noticed, and a new one opened and asked, before the
 * request times out.
 */
function waitsFor(requestMsMax: number | undefined): Waits {
  if (requestMsMax === undefined) return { connectMs: CONNECT_MS_MAX, answerMs: COMMAND_ANSWER_MS };
  const part = Math.ceil(requestMsMax / 3);
  const connectMs = Math.min(CONNECT_MS_MAX, Math.max(NEW_CONNECTION_MS, part));
  return { connectMs, answerMs: part };
}

/** Without replicas, one server has everyone's writes. */
function forEveryActor(base: Omit<Database, 'forActor'>): Database {
  const database: Database = { ...base, forActor: () => database };
  return database;
}
