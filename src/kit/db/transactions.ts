import { setTimeout as sleep } from 'node:timers/promises';
import type { PrismaClient } from '../../generated/sqlite/client.ts';
import type { Database, Tx } from './database.ts';

/** How long a transaction may wait for its turn, and then run. A longer one is a fault: it holds up every writer. */
const WAIT_MS_MAX = 30_000;
const RUN_MS_MAX = 120_000;

/**
 * `Database.write` on a Prisma client. `tries`: how often the work is run where the store says that it lost a race
 * with another transaction; between tries it waits a little, longer each time and never equally long.
 */
export function transactionsOf(prisma: PrismaClient, tries: number): Database['write'] {
  return async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await prisma.$transaction(work, { maxWait: WAIT_MS_MAX, timeout: RUN_MS_MAX });
      } catch (error) {
        if (attempt >= tries || !isLostRace(error)) throw error;
        await sleep(2 ** attempt * (5 + 5 * Math.random()));
      }
    }
  };
}

/** P2034: a write conflict or a deadlock. PostgreSQL has undone the transaction; it can be run again. */
function isLostRace(error: unknown): boolean {
  const { code, meta } = error as { code?: unknown; meta?: unknown };
  return code === 'P2034' || /"(40001|40P01)"/.test(JSON.stringify(meta ?? null));
}

/** Whether a write failed because a unique key has that value already. */
export function isUniqueViolation(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'P2002';
}
