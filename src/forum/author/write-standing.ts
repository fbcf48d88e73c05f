import type { Role } from '../../access/viewer.ts';
import { deleteRows, insertNew, type Transaction, updateRows } from '../../store/index.ts';

/** A role and what it covers, by row ids. */
export interface NewRoleScope {
  readonly role: Role;
  /** What a moderator keeps order in; empty: in everything. */
  readonly categoryIds: readonly string[];
  /** What a vendor speaks for. */
  readonly productIds: readonly string[];
}

/** Gives an author this role, and nothing of what an earlier one covered. */
export async function writeRoleScope(
  tx: Transaction,
  authorId: string,
  { role, categoryIds, productIds }: NewRoleScope,
): Promise<void> {
  await updateRows(tx, 'author', { id: authorId }, { role });
  await deleteRows(tx, 'moderated_category', { authorId });
  await deleteRows(tx, 'vendor_product', { authorId });
  for (const categoryId of categoryIds) await insertNew(tx, 'moderated_category', { authorId, categoryId });
  for (const productId of productIds) await insertNew(tx, 'vendor_product', { authorId, productId });
}
