import type { Statement, Transaction, Tx } from './database.ts';
import { engineOf } from './transactions.ts';

const turn: Statement<object> = {
  name: 'turn',
  text: { sqlite: '', postgres: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))' },
};

/**
 * Waits for the end of every other transaction that has taken the turn of this name, and keeps it until its own: for two
 * that must see what the other writes, where no row is there that both could take. SQLite has one writer at a time.
 */
export async function advisoryLock(tx: Transaction, name: string): Promise<void> {
  if (tx.engine === 'postgres') await tx.all(turn, [name]);
}

/**
 * The same for all turns that a transaction of Prisma's needs. Call it once in each: two that take them one by one may
 * wait for each other. A server has room for a few thousand, of all who write.
 */
export async function advisoryLocks(tx: Tx, names: readonly string[]): Promise<void> {
  if (engineOf(tx) !== 'postgres') return;
  const inOneOrder = [...new Set(names)].sort();
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(${inOneOrder}::text[]) AS name`;
}
