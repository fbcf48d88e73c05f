import { differing, statement, type Transaction, updateRows } from '../../store/index.ts';
import { writeChangedCounters } from '../discussion/index.ts';
import { COUNTED_DISCUSSIONS, commentsOf } from './check-counters.ts';
import {
  compareCounters,
  type StoredCommentCounters,
  type StoredDiscussionCounters,
} from './compare-counters.ts';

const lockDiscussions = statement<{ id: string }>(
  'comment.lockForImport',
  (d) => `SELECT t.id FROM discussion t WHERE ${d.inList('t.id')} ORDER BY t.id ${d.forUpdate}`,
);
const lockComments = statement<{ id: string }>(
  'comment.lockAllForImport',
  (d) => `SELECT t.id FROM comment t WHERE ${d.inList('t.discussion_id')} ORDER BY t.id ${d.forUpdate}`,
);
const discussionsOf = statement<StoredDiscussionCounters>(
  'comment.discussionsToRecount',
  (d) => `${COUNTED_DISCUSSIONS} WHERE ${d.inList('t.id')}`,
);

/** Locks discussions before an import changes their threads: nobody else comments there until it commits. */
export async function lockForImport(tx: Transaction, discussionIds: readonly string[]): Promise<void> {
  if (tx.engine === 'postgres') await tx.all(lockDiscussions, [discussionIds]);
}

/**
 * Recounts every counter of these discussions and of their comments, and updates those that differ. A vote locks only
 * its comment's row, so these rows are locked too: one that has not committed yet would be missed.
 */
export async function recountImported(tx: Transaction, discussionIds: readonly string[]): Promise<void> {
  if (tx.engine === 'postgres') await tx.all(lockComments, [discussionIds]);
  const threads = new Map<string, StoredCommentCounters[]>(discussionIds.map((id) => [id, []]));
  for (const row of await tx.all(commentsOf, [discussionIds]))
    threads.get(row.discussionId)?.push({ ...row, isDeleted: row.deletedAt !== null });
  for (const stored of await tx.all(discussionsOf, [discussionIds])) {
    const comments = threads.get(stored.id) ?? [];
    const { differences, discussion, comments: counted } = compareCounters(stored, comments);
    const ids = new Set(differences.map(({ id }) => id));
    for (const [i, comment] of comments.entries()) {
      const counters = counted[i];
      if (!counters || !ids.has(comment.id)) continue;
      await updateRows(tx, 'comment', { id: comment.id }, differing(comment, counters));
    }
    if (!ids.has(stored.id)) continue;
    await writeChangedCounters(tx, stored.id, differing(stored, discussion));
  }
}
