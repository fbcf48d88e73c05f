import type { Rows } from '../generated/tables.ts';
import type { Change, Transaction } from './database.ts';
import type { Table } from './rows.ts';
import { change } from './statement.ts';

/** The tables whose rows expire and have a unique hash. */
type Expiring = {
  [T in Table]: Rows[T] extends { readonly hash: string; readonly expiresAt: Date | string } ? T : never;
}[Table];

/** The number of expired rows that one write deletes. It is more than one write adds, so that they never pile up. */
const CLEARED_MAX = 3;

const deletions = new Map<Expiring, Change<never>>();

/**
 * Deletes some of a table's expired rows, the oldest first. Each write that adds a row calls it. Skips rows that another
 * transaction deletes, so that writes don't wait for it.
 */
export async function clearExpired(tx: Transaction, table: Expiring, now: Date): Promise<void> {
  let deletion = deletions.get(table);
  if (!deletion) {
    deletion = change(
      `${table}.clearExpired`,
      (d) => `DELETE FROM ${table} WHERE hash IN
        (SELECT hash FROM ${table} WHERE expires_at <= ? ORDER BY expires_at LIMIT ${CLEARED_MAX}
          ${d.forUpdateOfFree})`,
      { table, sets: null, by: [null] },
    );
    deletions.set(table, deletion);
  }
  await tx.run(deletion, [now]);
}
