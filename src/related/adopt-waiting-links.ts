import type { Tx } from '../kit/db/index.ts';

/**
 * Points the links that name this discussion's title, and lead elsewhere so far, to the discussion. Call it in the
 * transaction that makes a discussion or changes its title. Answers how many links there were.
 */
export async function adoptWaitingLinks(tx: Tx, discussionId: string, titleKey: string): Promise<number> {
  const { count } = await tx.relatedLink.updateMany({
    where: { titleKey, targetId: null, discussionId: { not: discussionId } },
    data: { targetId: discussionId },
  });
  return count;
}
