import type { Statement, Transaction } from './database.ts';

const turn: Statement<object> = {
  name: 'turn',
  text: { sqlite: '', postgres: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))' },
};

/**
 * Waits for the end of every other transaction that has taken the turn of this name, and keeps it until its own: for two
 * that must see what the other writes, where no row is there that both could take. SQLite has one writer at a time.
 */
export async function takeTurn(tx: Transaction, name: string): Promise<void> {
  if (tx.engine === 'postgres') await tx.all(turn, [name]);
}
