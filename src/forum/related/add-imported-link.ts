import { insertNew, type Transaction } from '../../store/index.ts';
import { titleKeyOf } from '../../text/slug.ts';
import { lockTitleAndFindTarget } from './links-for-update.ts';

/** A link of an export. */
export interface NewImportedLink {
  readonly id: string;
  readonly discussionId: string;
  /** The discussion that it leads to. Null: the one here that has its title, or none. */
  readonly targetId: string | null;
  readonly title: string;
  readonly url: string;
  readonly position: number;
  readonly source: 'IMPORTED' | 'CURATED';
  readonly addedById: string | null;
  readonly createdAt: Date | null;
  readonly createdAtIsApproximate: boolean;
  readonly importedCommentCount: number;
}

/** Adds a link, unless the discussion has one with its URL. Returns whether it was added. */
export async function addImportedLink(tx: Transaction, link: NewImportedLink): Promise<boolean> {
  const targetId = await lockTitleAndFindTarget(tx, link, link.discussionId);
  return insertNew(tx, 'related_link', { ...link, titleKey: titleKeyOf(link.title), targetId });
}
