import type { Context } from '../../access/context.ts';
import { badInput, notFound } from '../../access/errors.ts';
import type { DiscussionFilter } from '../../generated/graphql.ts';
import type { Condition } from '../../graphql/connections/page.ts';
import { rowIdOf } from '../../graphql/global-id.ts';
import { loadAuthor } from '../author/index.ts';
import { categories, loadBySlug, products, tags } from '../catalog/index.ts';

type Named = { readonly id: string } | null;

/**
 * The conditions of a filter. Omitted and null members are ignored. Throws NOT_FOUND for an unknown slug or id, so that
 * an unknown category does not look like an empty one. `at` is the prefix of the error's field.
 */
export async function conditionsOf(
  ctx: Context,
  filter: DiscussionFilter | null | undefined,
  at: 'filter.' | '' = 'filter.',
): Promise<Condition[]> {
  if (!filter) return [];
  const { categorySlug, productSlug, tagSlug, authorId } = filter;
  const [category, product, tag, author] = await Promise.all([
    named('categorySlug', at, categorySlug, (slug) => loadBySlug(ctx, categories, slug)),
    named('productSlug', at, productSlug, (slug) => loadBySlug(ctx, products, slug)),
    named('tagSlug', at, tagSlug, (slug) => loadBySlug(ctx, tags, slug)),
    named('authorId', at, authorId, async (id) => {
      const rowId = rowIdOf('Author', id);
      return rowId === null ? null : loadAuthor(ctx, rowId);
    }),
  ]);
  return [
    ...(category ? [{ sql: 't.category_id = ?', params: [category.id], by: 'category_id' }] : []),
    ...(product ? [{ sql: 't.product_id = ?', params: [product.id], by: 'product_id' }] : []),
    ...(author ? [{ sql: 't.author_id = ?', params: [author.id], by: 'author_id' }] : []),
    ...(tag ? [{ sql: TAGGED, params: [tag.id], reads: [OF_TAG] }] : []),
    ...stateConditions(ctx, filter),
    ...timeConditions(filter),
  ];
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

async function named(
  member: keyof typeof WORDS,
  at: string,
  value: string | null | undefined,
  load: (value: string) => Promise<Named>,
): Promise<Named> {
  if (value === null || value === undefined) return null;
  const row = await load(value);
  if (row) return row;
  const [what, how] = WORDS[member];
  throw notFound(`No ${what} has the ${how} "${value}".`, `${at}${member}`);
}

const WORDS = {
  categorySlug: ['category', 'slug'],
  productSlug: ['product', 'slug'],
  tagSlug: ['tag', 'slug'],
  authorId: ['author', 'id'],
} as const;
