import type { Context } from '../../access/context.ts';
import { badInput, conflict } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { SetAuthorRoleInput } from '../../generated/graphql.ts';
import { requiredRowId, unknownId } from '../../graphql/global-id.ts';
import { statement } from '../../store/index.ts';
import { lockAdminsForUpdate, lockAuthorForUpdate } from './author-for-update.ts';
import { loadAuthor } from './author-reads.ts';
import { maySetRole, mayTakeRole } from './author-rules.ts';
import { moderationBy } from './moderation-log.ts';
import { writeRoleScope } from './role-scope.ts';

/** Maximum number of categories or products that a role covers. */
const COVERED_MAX = 100;

/** Gives an author a role and its scope. Returns the author's row id. */
export async function setAuthorRole(ctx: Context, input: SetAuthorRoleInput): Promise<{ authorId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const authorId = requiredRowId('Author', input.authorId, 'input.authorId');
  const { role, categoryIds: categories = [], productIds: products = [] } = input;
  const categoryIds = covered('Category', categories, 'input.categoryIds');
  const productIds = covered('Product', products, 'input.productIds');
  if (categoryIds.length > 0 && role !== 'MODERATOR')
    throw badInput('Only a moderator can have categories.', 'input.categoryIds');
  if (productIds.length > 0 && role !== 'VENDOR')
    throw badInput('Only a vendor can have products.', 'input.productIds');
  if (productIds.length === 0 && role === 'VENDOR')
    throw badInput('A vendor needs at least one product.', 'input.productIds');
  // rule: before any look-up, so that others don't learn what exists
  enforce(maySetRole(viewer));
  // load
  await refuseMissing(ctx, 'Category', categories, 'input.categoryIds');
  await refuseMissing(ctx, 'Product', products, 'input.productIds');
  const seen = await loadAuthor(ctx, authorId);
  const isAdminNoMore = seen?.role === 'ADMIN' && role !== 'ADMIN';

  return write(ctx, 'setAuthorRole', input, async (tx) => {
    const admins = isAdminNoMore ? await lockAdminsForUpdate(tx) : [];
    const author = await lockAuthorForUpdate(tx, authorId);
    if (author.role === 'ADMIN' && role !== 'ADMIN' && !isAdminNoMore)
      throw conflict('This author has just become an admin: try again.', 'input.authorId');
    // rule
    enforce(mayTakeRole(author.role, role, admins.length === 1), 'input.role');
    // change
    await writeRoleScope(tx, authorId, { role, categoryIds, productIds }, moderationBy(ctx));
    return { authorId };
  });
}

function covered(type: 'Category' | 'Product', ids: readonly string[], field: string): string[] {
  const rowIds = [...new Set(ids.map((id) => requiredRowId(type, id, field)))];
  if (rowIds.length <= COVERED_MAX) return rowIds;
  throw badInput(`A role covers at most ${COVERED_MAX} of them.`, field);
}

// the catalog module comes after this one, so this reads its tables
const existing = (table: 'category' | 'product') =>
  statement<{ id: string }>(
    `author.existing ${table}`,
    (d) => `SELECT id FROM ${table} WHERE ${d.inList('id')}`,
    { table, by: ['id'] },
  );
const EXISTING = { Category: existing('category'), Product: existing('product') };

async function refuseMissing(
  ctx: Context,
  type: 'Category' | 'Product',
  ids: readonly string[],
  field: string,
): Promise<void> {
  if (ids.length === 0) return;
  const rowIds = ids.map((id) => requiredRowId(type, id, field));
  const found = new Set((await ctx.db.read.all(EXISTING[type], [rowIds])).map(({ id }) => id));
  const missing = ids.find((_, n) => !found.has(rowIds[n] ?? ''));
  if (missing !== undefined) throw unknownId(missing, field);
}
