import { randomUUID } from 'node:crypto';
import { type Database, insertNew } from '../store/index.ts';

/** Rolls back the transaction of `tryWrite`. */
class RolledBack extends Error {}

/**
 * Resolves if the forum can write, and rejects with the reason if it can't. The check runs the steps of a mutation up to
 * its COMMIT and then rolls back.
 */
export async function tryWrite(db: Database, now: Date): Promise<void> {
  const row = { mutation: '', inputHash: '', payload: '', createdAt: now, expiresAt: now };
  try {
    await db.transaction(async (tx) => {
      await insertNew(tx, 'idempotency_key', { hash: `try ${randomUUID()}`, ...row });
      throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
}
