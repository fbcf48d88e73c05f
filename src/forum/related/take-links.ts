import { statement, type Transaction, updateRows } from '../../store/index.ts';
import { titleKeyOf } from '../../text/slug.ts';
import type { RelatedTarget } from './related-input.ts';
import { lockTitle } from './waiting-links.ts';

/** A link as its writes need it. */
export interface LockedLink {
  readonly id: string;
  readonly position: number;
  readonly source: 'IMPORTED' | 'CURATED';
  readonly url: string;
  readonly targetId: string | null;
}

const ofDiscussion = statement<LockedLink>(
  'related.take',
  (d) => `SELECT id, position, source, url, target_id AS "targetId" FROM related_link
    WHERE discussion_id = ? ORDER BY position, id ${d.forUpdate}`,
);

/** A discussion's links in their order. The discussion is taken, so that nobody else changes them. */
export async function lockLinksForUpdate(tx: Transaction, discussionId: string): Promise<LockedLink[]> {
  return tx.all(ofDiscussion, [discussionId]);
}

/** The link that leads there; undefined: none. */
export function linkTo(
  links: readonly LockedLink[],
  { targetId, url }: RelatedTarget,
): LockedLink | undefined {
  return links.find((link) => (targetId === null ? link.url === url : link.targetId === targetId));
}

/**
 * Numbers the chosen links in this order. They stand before the imported ones, which count from 0 and are numbered
 * anew with each import: so theirs are below 0.
 */
export async function numberChosen(
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
 * Where a discussion's link to this target leads: for a page elsewhere, to what its title names here, the oldest of
 * several; null: to none but the link's own. Call it before `lockLinksForUpdate`: see lockTitle.
 */
export async function discussionOfTarget(
  tx: Transaction,
  { targetId, title }: RelatedTarget,
  discussionId: string,
): Promise<string | null> {
  if (targetId !== null || title === null) return targetId;
  const titleKey = titleKeyOf(title);
  await lockTitle(tx, titleKey);
  return (await tx.all(byTitle, [titleKey, discussionId]))[0]?.id ?? null;
}
