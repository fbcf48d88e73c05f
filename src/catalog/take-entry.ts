import { statement, type Transaction } from '../kit/db/index.ts';
import { globalId, type NodeType, nothingHas } from '../kit/global-id.ts';
import type { EntryTable } from './create-entry.ts';

interface TakenEntry {
  readonly id: string;
}

const take = (table: EntryTable, lock: 'forUpdate' | 'forDelete') =>
  statement<TakenEntry>(
    `catalog.take ${table} ${lock}`,
    (d) => `SELECT id FROM ${table} WHERE id = ? ${d[lock]}`,
  );
const taking = (lock: 'forUpdate' | 'forDelete') => ({
  product: take('product', lock),
  category: take('category', lock),
  tag: take('tag', lock),
});
const TAKE = { forUpdate: taking('forUpdate'), forDelete: taking('forDelete') };

export const ENTRY_TYPES = { product: 'Product', category: 'Category', tag: 'Tag' } as const satisfies Record<
  EntryTable,
  NodeType
>;

/**
 * Takes an entry: nobody else changes it until the transaction ends, and with `forDelete` nobody begins to use it: who
 * is about to is waited for. Throws NOT_FOUND with the field.
 */
export async function takeEntry(
  tx: Transaction,
  table: EntryTable,
  id: string,
  field: string,
  lock: 'forUpdate' | 'forDelete' = 'forUpdate',
): Promise<void> {
  const [row] = await tx.all(TAKE[lock][table], [id]);
  if (!row) throw nothingHas(globalId(ENTRY_TYPES[table], id), field);
}

const first = (name: string, table: string, column: string) =>
  statement<{ found: number }>(
    `catalog.${name}`,
    `SELECT 1 AS found FROM ${table} WHERE ${column} = ? LIMIT 1`,
  );
const USES = {
  product: {
    discussions: first('productUse', 'discussion', 'product_id'),
    roles: first('productRole', 'vendor_product', 'product_id'),
  },
  category: {
    discussions: first('categoryUse', 'discussion', 'category_id'),
    roles: first('categoryRole', 'moderated_category', 'category_id'),
  },
  tag: { discussions: first('tagUse', 'discussion_tag', 'tag_id'), roles: null },
};

/** What still needs an entry; deleted discussions count, for they may be restored. */
export async function useOf(
  tx: Transaction,
  table: EntryTable,
  id: string,
): Promise<{ hasDiscussions: boolean; isInRole: boolean }> {
  const { discussions, roles } = USES[table];
  return {
    hasDiscussions: (await tx.all(discussions, [id])).length > 0,
    isInRole: roles !== null && (await tx.all(roles, [id])).length > 0,
  };
}
