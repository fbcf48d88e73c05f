import type { Context } from '../../access/context.ts';
import type { Transaction } from '../../store/index.ts';
import { titleKeyOf } from '../../text/slug.ts';
import { type CatalogRefs, writeTags } from './discussion-catalog.ts';
import { discussionTitled } from './discussion-text.ts';
import { insertUnderFreeSlug, type NewDiscussion } from './insert-discussion.ts';

/** A discussion that is made of comments of another one. */
interface SplitDiscussion extends CatalogRefs {
  readonly title: string;
  readonly splitFromId: string;
  readonly authorId: string | null;
  /** In milliseconds since 1970. */
  readonly createdAt: number;
  readonly createdAtIsApproximate: boolean;
  readonly importedNetVotes: number;
}

/** Inserts it without a text and without comments. Returns its row id. */
export async function insertSplitDiscussion(
  ctx: Context,
  tx: Transaction,
  { tagIds, createdAt, ...split }: SplitDiscussion,
): Promise<string> {
  const at = new Date(createdAt);
  const id = ctx.newId(at);
  const titleKey = titleKeyOf(split.title);
  const row: NewDiscussion = {
    ...{ id, ...split, titleKey, createdAt: at, lastActivityAt: at },
    ...{ body: '', bodyHtml: '', bodyText: '' },
  };
  await insertUnderFreeSlug(tx, row);
  await writeTags(tx, id, tagIds);
  await discussionTitled.emit(tx, { discussionId: id, titleKey });
  return id;
}
