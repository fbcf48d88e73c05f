import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import type { DiscussionFilter } from '../../generated/graphql.ts';
import type { Condition } from '../../graphql/connections/page.ts';
import { type NodeType, rowIdOf } from '../../graphql/global-id.ts';
import { referenced } from '../../graphql/loader.ts';
import { loadAuthor } from '../author/index.ts';
import { categories, loadBySlug, products, tags } from '../catalog/index.ts';

type Named = { readonly id: string };

/**
 * The conditions of a filter. Omitted and null members are ignored. Null for a slug or an id of nothing: no discussion
 * matches, and the rest of the operation is answered.
 */
export async function conditionsOf(
  ctx: Context,
  filter: DiscussionFilter | null | undefined,
): Promise<Condition[] | null> {
  if (!filter) return [];
  const { categoryId, categorySlug, productId, productSlug, tagSlug, authorId } = filter;
  const found = await Promise.all([
    named(categorySlug, (slug) => loadBySlug(ctx, categories, slug)),
    named(productSlug, (slug) => loadBySlug(ctx, products, slug)),
    named(tagSlug, (slug) => loadBySlug(ctx, tags, slug)),
    named(authorId, (id) => referenced(rowIdOf('Author', id), (rowId) => loadAuthor(ctx, rowId))),
  ]);
  const [category, product, tag, author] = found;
  const ids = [
    identified('category_id', 'Category', categoryId),
    identified('product_id', 'Product', productId),
  ];
  const conditions = [...stateConditions(ctx, filter), ...timeConditions(filter)];
  if (category === null || product === null || tag === null || author === null || ids.includes(null))
    return null;
  return [
    ...(category ? [{ sql: 't.category_id = ?', params: [category.id], by: 'category_id' }] : []),
    ...(product ? [{ sql: 't.product_id = ?', params: [product.id], by: 'product_id' }] : []),
    ...(author ? [{ sql: 't.author_id = ?', params: [author.id], by: 'author_id' }] : []),
    ...(tag ? [{ sql: TAGGED, params: [tag.id], reads: [OF_TAG] }] : []),
    ...ids.flatMap((condition) => condition ?? []),
    ...conditions,
  ];
}

/** The condition that a column is the row of this id. Undefined if there is no id, null if it is not one of the type. */
function identified(
  column: string,
  type: NodeType,
  id: string | null | undefined,
): Condition | null | undefined {
  if (id === null || id === undefined) return undefined;
  const rowId = rowIdOf(type, id);
  return rowId === null ? null : { sql: `t.${column} = ?`, params: [rowId], by: column };
}

const TAGGED = 't.id IN (SELECT dt.discussion_id FROM discussion_tag dt WHERE dt.tag_id = ?)';
const OF_TAG = { table: 'discussion_tag', by: ['tag_id'], columns: ['discussion_id'] };
const PINNED =
  't.id IN (SELECT pin.discussion_id FROM pin WHERE pin.expires_at IS NULL OR pin.expires_at > ?)';
const OF_PINS = { table: 'pin', columns: ['discussion_id', 'expires_at'] };

function stateConditions(ctx: Context, filter: DiscussionFilter): Condition[] {
  const { isAnswered, isClosed, isPinned } = filter;
  const conditions: Condition[] = [];
  if (typeof isAnswered === 'boolean') {
    conditions.push({
      sql: `t.answer_id IS ${isAnswered ? 'NOT NULL' : 'NULL'}`,
      params: [],
      columns: ['answer_id'],
    });
  }
  if (typeof isClosed === 'boolean') {
    conditions.push({
      sql: `t.closed_at IS ${isClosed ? 'NOT NULL' : 'NULL'}`,
      params: [],
      columns: ['closed_at'],
    });
  }
  if (typeof isPinned === 'boolean') {
    const sql = isPinned ? PINNED : PINNED.replace(' IN ', ' NOT IN ');
    conditions.push({ sql, params: [ctx.now()], reads: [OF_PINS] });
  }
  return conditions;
}

function timeConditions({ createdAfter, createdBefore }: DiscussionFilter): Condition[] {
  if (createdAfter && createdBefore && createdAfter > createdBefore) {
    throw badInput('`createdAfter` is later than `createdBefore`.', 'filter.createdAfter');
  }
  return [
    ...(createdAfter ? [{ sql: 't.created_at >= ?', params: [createdAfter], columns: ['created_at'] }] : []),
    ...(createdBefore ? [{ sql: 't.created_at < ?', params: [createdBefore], columns: ['created_at'] }] : []),
  ];
}

/** What a member of the filter names. Undefined if the member is omitted, null if nothing has the slug or id. */
async function named(
  value: string | null | undefined,
  load: (value: string) => Promise<Named | null> | null,
): Promise<Named | null | undefined> {
  return value === null || value === undefined ? undefined : load(value);
}
