import type { NewRoleScope } from '../forum/author/index.ts';
import { statement, type Transaction } from '../store/index.ts';
import type { ExternalProfile } from './host-claims.ts';

const bySlugs = (table: 'category' | 'product') =>
  statement<{ id: string }>(
    `account.${table}BySlugs`,
    (d) => `SELECT id FROM ${table} WHERE ${d.inList('slug')} ORDER BY id`,
  );
const CATEGORIES = bySlugs('category');
const PRODUCTS = bySlugs('product');

/**
 * The role of a profile and what it covers; null: the profile gives no role. A moderator whose categories are given by
 * a claim, and are none that exist, is a member: no categories would mean all.
 */
export async function roleScopeIn(tx: Transaction, profile: ExternalProfile): Promise<NewRoleScope | null> {
  const { role, categorySlugs, productSlugs = [] } = profile;
  if (role === undefined) return null;
  if (role === 'VENDOR') {
    const rows = productSlugs.length > 0 ? await tx.all(PRODUCTS, [productSlugs]) : [];
    return { role, categoryIds: [], productIds: rows.map(({ id }) => id) };
  }
  if (role !== 'MODERATOR' || categorySlugs === undefined) return { role, categoryIds: [], productIds: [] };
  const rows = categorySlugs.length > 0 ? await tx.all(CATEGORIES, [categorySlugs]) : [];
  if (rows.length === 0) return { role: 'MEMBER', categoryIds: [], productIds: [] };
  return { role, categoryIds: rows.map(({ id }) => id), productIds: [] };
}
