import { insertNew, statement, type Transaction } from '../../store/index.ts';
import { titleKeyOf } from '../../text/slug.ts';
import { lockTitle } from './waiting-links.ts';

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

const titled = statement<{ id: string }>(
  'related.titled',
  `SELECT t.id FROM discussion t WHERE t.title_key = ? AND t.deleted_at IS NULL AND t.id <> ?
    ORDER BY t.id LIMIT 1`,
);

/** Adds a link, unless the discussion has one with its URL. Returns whether it was added. */
export async function addImportedLink(tx: Transaction, link: NewImportedLink): Promise<boolean> {
  const titleKey = titleKeyOf(link.title);
  let { targetId } = link;
  if (targetId === null) {
    await lockTitle(tx, titleKey);
    const [target] = await tx.all(titled, [titleKey, link.discussionId]);
    targetId = target?.id ?? null;
  }
  return insertNew(tx, 'related_link', { ...link, titleKey, targetId });
}
