import type { Context } from '../../access/context.ts';
import { badInput, notFound } from '../../access/errors.ts';
import { requiredRowId, unknownId } from '../../graphql/global-id.ts';
import { deleteRows, insertNew, statement, type Transaction, updateRows } from '../../store/index.ts';
import { categories, loadById, loadBySlug, products, type TagRow, tags } from '../catalog/index.ts';
import { TAGS_MAX } from './discussion-rules.ts';
import type { LockedDiscussion } from './take-discussion.ts';

/** Where an input puts a discussion. Undefined: it says nothing of it. */
export interface PlaceInput {
  readonly categoryId?: string | null | undefined;
  readonly productId?: string | null | undefined;
  readonly tagSlugs?: readonly string[] | null | undefined;
}

export interface PlaceRows {
  readonly categoryId: string | null;
  readonly productId: string | null;
  readonly tagIds: readonly string[];
}

/** The rows that an input's category, product and tags name. Throws NOT_FOUND with the field of what does not exist. */
export async function findPlace(ctx: Context, input: PlaceInput): Promise<PlaceRows> {
  const [categoryId, productId, tagIds] = await Promise.all([
    existing(ctx, 'Category', input.categoryId, 'input.categoryId'),
    existing(ctx, 'Product', input.productId, 'input.productId'),
    findTags(ctx, input.tagSlugs ?? []),
  ]);
  return { categoryId, productId, tagIds };
}

const SHELVES = { Category: categories, Product: products } as const;

async function existing(
  ctx: Context,
  type: keyof typeof SHELVES,
  id: string | null | undefined,
  field: string,
): Promise<string | null> {
  if (id === null || id === undefined) return null;
  const row = await loadById(ctx, SHELVES[type] as typeof products, requiredRowId(type, id, field));
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
  return (rows as TagRow[]).map((row) => row.id);
}

/** Gives a discussion these tags and no others. */
export async function writeTags(
  tx: Transaction,
  discussionId: string,
  tagIds: readonly string[],
): Promise<void> {
  await deleteRows(tx, 'discussion_tag', { discussionId });
  for (const tagId of tagIds) await insertNew(tx, 'discussion_tag', { discussionId, tagId });
}

/** What is to become of a discussion's place. Undefined: it stays. */
export type Move = { readonly [K in keyof PlaceRows]: PlaceRows[K] | undefined };

const tagsOf = statement<{ tagId: string }>(
  'discussion.tagIds',
  'SELECT tag_id AS "tagId" FROM discussion_tag WHERE discussion_id = ?',
);

/** What of a move of a taken discussion is not so already. */
export async function differingPlace(
  tx: Transaction,
  discussion: LockedDiscussion,
  { categoryId, productId, tagIds }: Move,
): Promise<Move> {
  return {
    categoryId: categoryId === discussion.categoryId ? undefined : categoryId,
    productId: productId === discussion.productId ? undefined : productId,
    tagIds: tagIds && (await hasTags(tx, discussion.id, tagIds)) ? undefined : tagIds,
  };
}

async function hasTags(tx: Transaction, discussionId: string, tagIds: readonly string[]): Promise<boolean> {
  const standing = new Set((await tx.all(tagsOf, [discussionId])).map(({ tagId }) => tagId));
  return tagIds.length === standing.size && tagIds.every((tagId) => standing.has(tagId));
}

/** Puts a taken discussion elsewhere. */
export async function movePlace(tx: Transaction, { id }: LockedDiscussion, move: Move): Promise<void> {
  const { categoryId, productId, tagIds } = move;
  const shelves = {
    ...(categoryId !== undefined && { categoryId }),
    ...(productId !== undefined && { productId }),
  };
  if (Object.keys(shelves).length > 0) await updateRows(tx, 'discussion', { id }, shelves);
  if (tagIds) await writeTags(tx, id, tagIds);
}
