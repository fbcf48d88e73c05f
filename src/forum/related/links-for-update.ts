import { statement, type Transaction, updateRows } from '../../store/index.ts';
import { titleKeyOf } from '../../text/slug.ts';
import type { RelatedTarget } from './related-input.ts';
import { lockTitle } from './waiting-links.ts';

/** A link whose row is locked. */
interface LockedLink {
  readonly id: string;
  readonly position: number;
  readonly source: 'IMPORTED' | 'CURATED';
  readonly url: string;
  readonly targetId: string | null;
}

const ofDiscussion = statement<LockedLink>(
  'related.lock',
  (d) => `SELECT id, position, source, url, target_id AS "targetId" FROM related_link
    WHERE discussion_id = ? ORDER BY position, id ${d.forUpdate}`,
);

/** Locks a discussion's links, in their order. The discussion's row is locked first. */
export async function lockLinksForUpdate(tx: Transaction, discussionId: string): Promise<LockedLink[]> {
  return tx.all(ofDiscussion, [discussionId]);
}

/** The link to a target; undefined if there is none. */
export function linkTo(
  links: readonly LockedLink[],
  { targetId, url }: RelatedTarget,
): LockedLink | undefined {
  return links.find((link) => (targetId === null ? link.url === url : link.targetId === targetId));
}

/**
 * Numbers the curated links in this order. Each import numbers the imported links from 0, so curated links, which come
 * first, have negative positions.
 */
export async function renumberCurated(
  tx: Transaction,
  links: readonly Pick<LockedLink, 'id' | 'position'>[],
): Promise<void> {
  for (const [index, { id, position }] of links.entries()) {
    const wanted = index - links.length;
    if (position !== wanted) await updateRows(tx, 'related_link', { id }, { position: wanted });
  }
}

const byTitle = statement<{ id: string }>(
  'related.byTitle',
  'SELECT id FROM discussion WHERE title_key = ? AND deleted_at IS NULL AND id <> ? ORDER BY id LIMIT 1',
);

/**
 * The discussion that a link to this target leads to; null if none. For a URL elsewhere, that is the oldest discussion
 * with the link's title. Locks the title first; call it before `lockLinksForUpdate`: see lockTitle in waiting-links.ts.
 */
export async function lockTitleAndFindTarget(
  tx: Transaction,
  { targetId, title }: RelatedTarget,
  discussionId: string,
): Promise<string | null> {
  if (targetId !== null || title === null) return targetId;
  const titleKey = titleKeyOf(title);
  await lockTitle(tx, titleKey);
  return (await tx.all(byTitle, [titleKey, discussionId]))[0]?.id ?? null;
}
