import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import type { DiscussionFilter } from '../../generated/graphql.ts';
import type { Condition } from '../../graphql/connections/page.ts';
import { type NodeType, rowIdOf } from '../../graphql/global-id.ts';
import { referenced } from '../../graphql/loader.ts';
import { loadAuthor } from '../author/index.ts';
import { categories, loadBySlug, products, tags } from '../catalog/index.ts';
import { TAGS_MAX } from './discussion-rules.ts';

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
  const { categoryId, categorySlug, productId, productSlug, tagSlug, authorId, participantId } = filter;
  const loadTag = (slug: string) => loadBySlug(ctx, tags, slug);
  const loadPerson = (id: string) => referenced(rowIdOf('Author', id), (rowId) => loadAuthor(ctx, rowId));
  const [category, product, tag, author, participant, tagged] = await Promise.all([
    named(categorySlug, (slug) => loadBySlug(ctx, categories, slug)),
    named(productSlug, (slug) => loadBySlug(ctx, products, slug)),
    named(tagSlug, loadTag),
    named(authorId, loadPerson),
    named(participantId, loadPerson),
    tagConditions(filter, loadTag),
  ]);
  const ids = [
    identified('category_id', 'Category', categoryId),
    identified('product_id', 'Product', productId),
  ];
  const conditions = [...stateConditions(ctx, filter), ...timeConditions(filter)];
  if ([category, product, tag, author, participant, tagged, ...ids].includes(null)) return null;
  return [
    ...(category ? [{ sql: 't.category_id = ?', params: [category.id], by: 'category_id' }] : []),
    ...(product ? [{ sql: 't.product_id = ?', params: [product.id], by: 'product_id' }] : []),
    ...(author ? [{ sql: 't.author_id = ?', params: [author.id], by: 'author_id' }] : []),
    ...(tag ? [withTag(tag)] : []),
    ...(participant ? [withParticipant(participant)] : []),
    ...(tagged ?? []),
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

const OF_TAG = 'SELECT dt.discussion_id FROM discussion_tag dt WHERE dt.tag_id = ?';

/** With one of these tags. */
function withTag(...of: readonly Named[]): Condition {
  const before = (place: number) => Array.from({ length: place }, () => null);
  return {
    sql: `t.id IN (${of.map(() => OF_TAG).join(' UNION ')})`,
    params: of.map(({ id }) => id),
    reads: of.map((_, place) => ({
      ...{ table: 'discussion_tag', by: [...before(place), 'tag_id'], columns: ['discussion_id'] },
    })),
  };
}

/** The conditions on several tags. Null: no discussion matches. */
async function tagConditions(
  { tagSlugs, anyTagSlugs }: DiscussionFilter,
  load: (slug: string) => Promise<Named | null>,
): Promise<Condition[] | null> {
  const [all, any] = await Promise.all([
    Promise.all(distinct(tagSlugs, 'filter.tagSlugs').map(load)),
    Promise.all(distinct(anyTagSlugs, 'filter.anyTagSlugs').map(load)),
  ]);
  const [everyTag, oneTag] = [all, any].map((found) => found.filter((tag) => tag !== null));
  if (everyTag?.length !== all.length || (any.length > 0 && oneTag?.length === 0)) return null;
  return [...everyTag.map((tag) => withTag(tag)), ...(oneTag?.length ? [withTag(...oneTag)] : [])];
}

function distinct(slugs: readonly string[] | null | undefined, field: string): string[] {
  const found = [...new Set(slugs ?? [])];
  if (found.length > TAGS_MAX)
    throw badInput(`A filter has at most ${TAGS_MAX} tags, not ${found.length}.`, field);
  return found;
}

/** Started by an author, or with a visible comment of theirs. */
function withParticipant({ id }: Named): Condition {
  return {
    sql: `t.id IN (SELECT c.discussion_id FROM comment c WHERE c.author_id = ? AND c.deleted_at IS NULL
      UNION SELECT d.id FROM discussion d WHERE d.author_id = ?)`,
    params: [id, id],
    reads: [
      { table: 'comment', by: ['author_id', null], columns: ['discussion_id', 'deleted_at'] },
      { table: 'discussion', by: [null, 'author_id'], columns: [] },
    ],
  };
}

const PINNED =
  't.id IN (SELECT pin.discussion_id FROM pin WHERE pin.expires_at IS NULL OR pin.expires_at > ?)';
const OF_PINS = { table: 'pin', columns: ['discussion_id', 'expires_at'] };

/** A condition on one column that is met or not. */
function state(is: boolean | null | undefined, column: string, met: string, unmet: string): Condition[] {
  if (typeof is !== 'boolean') return [];
  return [{ sql: `t.${column} ${is ? met : unmet}`, params: [], columns: [column] }];
}

function stateConditions(ctx: Context, filter: DiscussionFilter): Condition[] {
  const { isAnswered, isClosed, isDuplicate, isLocked, isPinned, hasComments } = filter;
  const pinned = isPinned ? PINNED : PINNED.replace(' IN ', ' NOT IN ');
  return [
    ...state(isAnswered, 'answer_id', 'IS NOT NULL', 'IS NULL'),
    ...state(isClosed, 'closed_at', 'IS NOT NULL', 'IS NULL'),
    ...state(isDuplicate, 'duplicate_of_id', 'IS NOT NULL', 'IS NULL'),
    ...state(isLocked, 'locked_at', 'IS NOT NULL', 'IS NULL'),
    ...state(hasComments, 'comment_count', '> 0', '= 0'),
    ...(typeof isPinned === 'boolean' ? [{ sql: pinned, params: [ctx.now()], reads: [OF_PINS] }] : []),
  ];
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
