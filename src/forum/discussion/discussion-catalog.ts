import type { Context } from '../../access/context.ts';
import { badInput, notFound } from '../../access/errors.ts';
import { Signal } from '../../access/signal.ts';
import { requiredRowId, unknownId } from '../../graphql/global-id.ts';
import { deleteRows, insertNew, statement, type Transaction, updateRows } from '../../store/index.ts';
import type { ModerationBy } from '../author/index.ts';
import { categories, loadById, loadBySlug, products, type TagRow, tags } from '../catalog/index.ts';
import type { LockedDiscussion } from './discussion-for-update.ts';
import { TAGS_MAX } from './discussion-rules.ts';

/** The catalog entries in the input of a discussion. */
export interface CatalogInput {
  readonly categoryId?: string | null | undefined;
  readonly productId?: string | null | undefined;
  readonly tagSlugs?: readonly string[] | null | undefined;
}

/** The row ids of a discussion's catalog entries. */
export interface CatalogRefs {
  readonly categoryId: string | null;
  readonly productId: string | null;
  readonly tagIds: readonly string[];
}

/** Finds the rows of an input's category, product and tags. Throws NOT_FOUND with the field of what does not exist. */
export async function findCatalogRefs(ctx: Context, input: CatalogInput): Promise<CatalogRefs> {
  const [categoryId, productId, tagIds] = await Promise.all([
    existing(ctx, 'Category', input.categoryId, 'input.categoryId'),
    existing(ctx, 'Product', input.productId, 'input.productId'),
    findTags(ctx, input.tagSlugs ?? []),
  ]);
  return { categoryId, productId, tagIds };
}

const TABLES = { Category: categories, Product: products } as const;

async function existing(
  ctx: Context,
  type: keyof typeof TABLES,
  id: string | null | undefined,
  field: string,
): Promise<string | null> {
  if (id === null || id === undefined) return null;
  const row = await loadById(ctx, TABLES[type] as typeof products, requiredRowId(type, id, field));
  if (!row) throw unknownId(id, field);
  return row.id;
}

async function findTags(ctx: Context, slugs: readonly string[]): Promise<string[]> {
  const distinct = [...new Set(slugs)];
  if (distinct.length > TAGS_MAX) {
    throw badInput(`A discussion has at most ${TAGS_MAX} tags, not ${distinct.length}.`, 'input.tagSlugs');
  }
  const rows = await Promise.all(distinct.map((slug) => loadBySlug(ctx, tags, slug)));
  const missing = distinct.find((_, i) => rows[i] === null);
  if (missing !== undefined) throw notFound(`No tag has the slug "${missing}".`, 'input.tagSlugs');
  return [...new Set((rows as TagRow[]).map((row) => row.id))];
}

/** Replaces a discussion's tags. */
export async function writeTags(
  tx: Transaction,
  discussionId: string,
  tagIds: readonly string[],
): Promise<void> {
  await deleteRows(tx, 'discussion_tag', { discussionId });
  for (const tagId of tagIds) await insertNew(tx, 'discussion_tag', { discussionId, tagId });
}

/** Changes to a discussion's catalog entries. Undefined members stay. */
type CatalogChange = { readonly [K in keyof CatalogRefs]: CatalogRefs[K] | undefined };

const tagsOf = statement<{ tagId: string }>(
  'discussion.tagIds',
  'SELECT tag_id AS "tagId" FROM discussion_tag WHERE discussion_id = ?',
);

/** The members of a change that differ from the discussion's row. */
export async function changedCatalogRefs(
  tx: Transaction,
  discussion: LockedDiscussion,
  { categoryId, productId, tagIds }: CatalogChange,
): Promise<CatalogChange> {
  return {
    categoryId: categoryId === discussion.categoryId ? undefined : categoryId,
    productId: productId === discussion.productId ? undefined : productId,
    tagIds: tagIds && (await hasTags(tx, discussion.id, tagIds)) ? undefined : tagIds,
  };
}

/** The row ids of a discussion's tags. */
export async function tagIdsOf(tx: Transaction, discussionId: string): Promise<string[]> {
  return (await tx.all(tagsOf, [discussionId])).map(({ tagId }) => tagId);
}

async function hasTags(tx: Transaction, discussionId: string, tagIds: readonly string[]): Promise<boolean> {
  const present = new Set(await tagIdsOf(tx, discussionId));
  return tagIds.length === present.size && tagIds.every((tagId) => present.has(tagId));
}

/** A discussion's comments come to another product, or none (null): it is moved, merged or split off. Its row is locked. */
export const discussionMoved = new Signal<{
  readonly discussionId: string;
  readonly productId: string | null;
  readonly by: ModerationBy;
}>();

/** Writes changes to a discussion's catalog entries. */
export async function writeCatalogRefs(
  tx: Transaction,
  { id }: LockedDiscussion,
  change: CatalogChange,
): Promise<void> {
  const { categoryId, productId, tagIds } = change;
  const columns = {
    ...(categoryId !== undefined && { categoryId }),
    ...(productId !== undefined && { productId }),
  };
  if (Object.keys(columns).length > 0) await updateRows(tx, 'discussion', { id }, columns);
  if (tagIds) await writeTags(tx, id, tagIds);
}
