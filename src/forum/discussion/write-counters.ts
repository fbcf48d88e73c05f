import type { Tx } from '../../store/index.ts';
import type { DiscussionCounters } from './count-discussion.ts';

/** Writes a discussion's counters as they were counted. */
export async function writeDiscussionCounters(
  tx: Tx,
  id: string,
  counters: DiscussionCounters,
): Promise<void> {
  const data = { ...counters, lastActivityAt: new Date(counters.lastActivityAt) };
  await tx.discussion.update({ where: { id }, data });
}
