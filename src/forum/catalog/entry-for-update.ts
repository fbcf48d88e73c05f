import { globalId, type NodeType, unknownId } from '../../graphql/global-id.ts';
import { statement, type Transaction } from '../../store/index.ts';
import type { EntryTable } from './create-entry.ts';

interface LockedEntry {
  readonly id: string;
}

const forUpdate = (table: EntryTable) => ({
  toChange: statement<LockedEntry>(
    `catalog.forUpdate ${table}`,
    (d) => `SELECT id FROM ${table} WHERE id = ? ${d.forUpdate}`,
  ),
  // `forUpdate` would let others add rows that refer to the entry between the check for such rows and the deletion
  toDelete: statement<LockedEntry>(
    `catalog.forDelete ${table}`,
    (d) => `SELECT id FROM ${table} WHERE id = ? ${d.forDelete}`,
  ),
});
const LOCKS = { product: forUpdate('product'), category: forUpdate('category'), tag: forUpdate('tag') };

export const ENTRY_TYPES = { product: 'Product', category: 'Category', tag: 'Tag' } as const satisfies Record<
  EntryTable,
  NodeType
>;

/**
 * Locks an entry until the transaction ends. With the purpose `toDelete`, nobody can add a reference to it either. Throws
 * NOT_FOUND with the field.
 */
export async function lockEntryForUpdate(
  tx: Transaction,
  table: EntryTable,
  id: string,
  field: string,
  purpose: 'toChange' | 'toDelete' = 'toChange',
): Promise<void> {
  const [row] = await tx.all(LOCKS[table][purpose], [id]);
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

/** What refers to an entry. Deleted discussions count, because they can be restored. */
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
