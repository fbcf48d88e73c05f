import type { Role, Viewer } from '../../access/viewer.ts';
import { chain } from '../../graphql/execution/sync-promise.ts';
import {
  type Database,
  deleteRows,
  insertNew,
  type MaybePromise,
  statement,
  type Transaction,
  updateRows,
} from '../../store/index.ts';

// these rows have no id of their own, and must not look as if they had: see marks.ts
const categoriesOf = statement<{ ofId: string }>(
  'author.moderates',
  'SELECT category_id AS "ofId" FROM moderated_category WHERE author_id = ?',
);
const productsOf = statement<{ ofId: string }>(
  'author.speaksFor',
  'SELECT product_id AS "ofId" FROM vendor_product WHERE author_id = ?',
);

const NONE: ReadonlySet<string> = new Set();

/** What an author's role covers. No statement for members and admins, one for the others. */
export function loadRoleScope(
  db: Pick<Database, 'read'>,
  authorId: string,
  role: Role,
): MaybePromise<Pick<Viewer, 'moderates' | 'speaksFor'>> {
  const ids = (of: typeof categoriesOf) =>
    chain(db.read.all(of, [authorId]), (rows) => new Set(rows.map(({ ofId }) => ofId)));
  // an admin's key may be one that only moderates: then everything
  if (role === 'ADMIN') return { moderates: 'ALL', speaksFor: NONE };
  if (role === 'VENDOR') return chain(ids(productsOf), (speaksFor) => ({ moderates: NONE, speaksFor }));
  if (role !== 'MODERATOR') return { moderates: NONE, speaksFor: NONE };
  return chain(ids(categoriesOf), (categories) => ({
    moderates: categories.size === 0 ? 'ALL' : categories,
    speaksFor: NONE,
  }));
}

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
