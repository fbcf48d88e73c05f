import { Signal } from '../../access/signal.ts';
import type { Role, Viewer } from '../../access/viewer.ts';
import { chain } from '../../graphql/execution/index.ts';
import {
  type Database,
  deleteRows,
  insertNew,
  type MaybePromise,
  statement,
  type Transaction,
  updateRows,
} from '../../store/index.ts';
import type { ModerationBy } from './moderation-log.ts';

const categoriesOf = statement<{ ofId: string }>(
  'author.moderates',
  'SELECT category_id AS "ofId" FROM moderated_category WHERE author_id = ?',
  { table: 'moderated_category', by: ['author_id'] },
);
const productsOf = statement<{ ofId: string }>(
  'author.speaksFor',
  'SELECT product_id AS "ofId" FROM vendor_product WHERE author_id = ?',
  { table: 'vendor_product', by: ['author_id'] },
);

const NONE: ReadonlySet<string> = new Set();

/** Loads the scope of an author's role. Runs no statement for members and admins, one for the others. */
export function loadRoleScope(
  db: Pick<Database, 'read'>,
  authorId: string,
  role: Role,
): MaybePromise<Pick<Viewer, 'moderates' | 'speaksFor'>> {
  const ids = (of: typeof categoriesOf) =>
    chain(db.read.all(of, [authorId]), (rows) => new Set(rows.map(({ ofId }) => ofId)));
  // an admin's API key may be limited to moderating: then it moderates everything
  if (role === 'ADMIN') return { moderates: 'ALL', speaksFor: NONE };
  if (role === 'VENDOR') return chain(ids(productsOf), (speaksFor) => ({ moderates: NONE, speaksFor }));
  if (role !== 'MODERATOR') return { moderates: NONE, speaksFor: NONE };
  return chain(ids(categoriesOf), (categories) => ({
    moderates: categories.size === 0 ? 'ALL' : categories,
    speaksFor: NONE,
  }));
}

/** A role and the row ids of its scope. */
export interface NewRoleScope {
  readonly role: Role;
  /** A moderator's categories. Empty for all. */
  readonly categoryIds: readonly string[];
  /** A vendor's products. */
  readonly productIds: readonly string[];
}

/** An author has ceased to represent these products. Emitted after the change. */
export const representationEnded = new Signal<{
  readonly authorId: string;
  readonly productIds: readonly string[];
  readonly by: ModerationBy;
}>();

/** Replaces an author's role and its scope. */
export async function writeRoleScope(
  tx: Transaction,
  authorId: string,
  { role, categoryIds, productIds }: NewRoleScope,
  by: ModerationBy,
): Promise<void> {
  // locks the author, so that nobody else changes the scope
  await updateRows(tx, 'author', { id: authorId }, { role });
  const before = await tx.all(productsOf, [authorId]);
  const ended = before.flatMap(({ ofId }) => (productIds.includes(ofId) ? [] : [ofId]));
  await deleteRows(tx, 'moderated_category', { authorId });
  // rows that stay are not replaced: lockRepresentation waits for them
  for (const productId of ended) await deleteRows(tx, 'vendor_product', { authorId, productId });
  for (const categoryId of categoryIds) await insertNew(tx, 'moderated_category', { authorId, categoryId });
  for (const productId of productIds) await insertNew(tx, 'vendor_product', { authorId, productId });
  if (ended.length > 0) await representationEnded.emit(tx, { authorId, productIds: ended, by });
}

const represents = statement<{ ofId: string }>(
  'author.representsForUpdate',
  (d) =>
    `SELECT product_id AS "ofId" FROM vendor_product WHERE author_id = ? AND product_id = ? ${d.forUpdate}`,
);

/**
 * Whether an author represents a product now. Locks that, so that a change of the role waits until the transaction ends,
 * and finds what it wrote.
 */
export async function lockRepresentation(
  tx: Transaction,
  authorId: string,
  productId: string | null,
): Promise<boolean> {
  return productId !== null && (await tx.all(represents, [authorId, productId])).length > 0;
}
