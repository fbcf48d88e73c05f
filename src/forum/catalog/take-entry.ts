import { globalId, type NodeType, unknownId } from '../../graphql/global-id.ts';
import { statement, type Transaction } from '../../store/index.ts';
import type { EntryTable } from './create-entry.ts';

interface TakenEntry {
  readonly id: string;
}

const take = (table: EntryTable) => ({
  toChange: statement<TakenEntry>(
    `catalog.take ${table}`,
    (d) => `SELECT id FROM ${table} WHERE id = ? ${d.forUpdate}`,
  ),
  // `forUpdate` lets others add rows that refer to it: between the look for such rows and the deletion, which would
  // take the category from them
  toDelete: statement<TakenEntry>(
    `catalog.takeToDelete ${table}`,
    (d) => `SELECT id FROM ${table} WHERE id = ? ${d.forDelete}`,
  ),
});
const TAKE = { product: take('product'), category: take('category'), tag: take('tag') };

export const ENTRY_TYPES = { product: 'Product', category: 'Category', tag: 'Tag' } as const satisfies Record<
  EntryTable,
  NodeType
>;

/**
 * Takes an entry: nobody else changes it until the transaction ends, nor begins to refer to it where it is taken to be
 * deleted. Throws NOT_FOUND with the field.
 */
export async function lockEntryForUpdate(
  tx: Transaction,
  table: EntryTable,
  id: string,
  field: string,
  purpose: 'toChange' | 'toDelete' = 'toChange',
): Promise<void> {
  const [row] = await tx.all(TAKE[table][purpose], [id]);
  if (!row) throw unknownId(globalId(ENTRY_TYPES[table], id), field);
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
