import { statement, type Transaction, updateRows } from '../kit/db/index.ts';
import { type PlaceRows, writeTags } from './place-discussion.ts';
import type { TakenDiscussion } from './take-discussion.ts';

/** What is to become of a discussion's place. Undefined: it stays. */
type Move = { readonly [K in keyof PlaceRows]: PlaceRows[K] | undefined };

const tagsOf = statement<{ tagId: string }>(
  'discussion.tagIds',
  'SELECT tag_id AS "tagId" FROM discussion_tag WHERE discussion_id = ?',
);

/** Puts a taken discussion elsewhere; writes only what is not so already. */
export async function movePlace(tx: Transaction, discussion: TakenDiscussion, move: Move): Promise<void> {
  const { categoryId = discussion.categoryId, productId = discussion.productId, tagIds } = move;
  if (categoryId !== discussion.categoryId || productId !== discussion.productId)
    await updateRows(tx, 'discussion', { id: discussion.id }, { categoryId, productId });
  if (tagIds === undefined) return;
  const standing = new Set((await tx.all(tagsOf, [discussion.id])).map(({ tagId }) => tagId));
  const isSame = tagIds.length === standing.size && tagIds.every((tagId) => standing.has(tagId));
  if (!isSame) await writeTags(tx, discussion.id, tagIds);
}
