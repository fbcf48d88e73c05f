import { setTimeout as sleep } from 'node:timers/promises';
import type { PrismaClient } from '../../generated/sqlite/client.ts';
import type { Database, TransactionLength, Tx } from './database.ts';

/** How long a transaction may wait for its turn, and then run. A longer one is a fault: it holds up every writer. */
export const WAIT_MS_MAX = 30_000;
const RUN_MS_MAX: Record<TransactionLength, number> = { SHORT: 15_000, LONG: 120_000 };

/**
 * `Database.write` on a Prisma client, and the end of it. The client is opened at the first write: it is a third of a
 * server's memory, and a server that is only read from does without. `tries`: how often the work is run where the
 * store says that it lost a race with another transaction; between tries it waits a little, longer each time and never
 * equally long.
 */
export function transactionsOf(
  open: () => Promise<PrismaClient>,
  tries: number,
): { write: Database['write']; disconnect(): Promise<void> } {
  const underWay = new Set<Promise<unknown>>();
  let closed: Promise<void> | null = null;
  let client: Promise<PrismaClient> | null = null;

  function opened(): Promise<PrismaClient> {
    client ??= open().catch((error: unknown) => {
      client = null;
      throw error;
    });
    return client;
  }

  async function run<T>(work: (tx: Tx) => Promise<T>, length: TransactionLength): Promise<T> {
    const prisma = await opened();
    for (let attempt = 1; ; attempt++) {
      try {
        return await prisma.$transaction(work, { maxWait: WAIT_MS_MAX, timeout: RUN_MS_MAX[length] });
      } catch (error) {
        if (attempt >= tries || !isLostRace(error)) throw error;
        await sleep(2 ** attempt * (5 + 5 * Math.random()));
      }
    }
  }

  return {
    write: async (work, length = 'SHORT') => {
      if (closed) throw new Error('The database is closed.');
      const running = run(work, length);
      underWay.add(running);
      try {
        return await running;
      } finally {
        underWay.delete(running);
      }
    },
    // Prisma would undo what is under way
    disconnect: () => {
      closed ??= Promise.allSettled(underWay).then(async () => (await client)?.$disconnect());
      return closed;
    },
  };
}

/** What the driver said below Prisma's error; the same whether a model or a raw statement failed. */
function causeOf(error: unknown): { kind?: unknown } {
  const { meta } = error as { meta?: { driverAdapterError?: { cause?: { kind?: unknown } } } };
  return meta?.driverAdapterError?.cause ?? {};
}

/** P2034: a write conflict or a deadlock. PostgreSQL has undone the transaction; it can be run again. */
function isLostRace(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'P2034' || causeOf(error).kind === 'TransactionWriteConflict';
}

/** Whether a write failed because a unique key has that value already. */
export function isUniqueViolation(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return code === 'P2002' || (code === 'P2010' && causeOf(error).kind === 'UniqueConstraintViolation');
}
