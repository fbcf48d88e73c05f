import { statement, type Transaction, updateRows } from '../../store/index.ts';
import type { LockedDiscussion } from './discussion-for-update.ts';
import { type PlaceRows, writeTags } from './place-discussion.ts';

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
