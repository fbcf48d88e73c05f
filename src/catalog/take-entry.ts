import { statement, type Transaction } from '../kit/db/index.ts';
import type { EntryKind } from './entry.ts';

/** Stronger than `Dialect.forUpdate`: nobody may begin to refer to a row that is about to be deleted. */
const byId = (table: EntryKind) =>
  statement<{ id: string }>(
    `catalog.take ${table}`,
    (d) => `SELECT id FROM ${table} WHERE id = ? ${d.engine === 'postgres' ? 'FOR UPDATE' : ''}`,
  );
const TAKE = { product: byId('product'), category: byId('category'), tag: byId('tag') };

/** Takes an entry's row until the transaction ends; false: there is none. */
export async function takeEntry(tx: Transaction, kind: EntryKind, id: string): Promise<boolean> {
  return (await tx.all(TAKE[kind], [id])).length > 0;
}
