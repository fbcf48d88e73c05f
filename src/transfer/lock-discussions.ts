// The discussions where the comments of a batch are, or may be.
import { importedParents, lockForImport } from '../forum/comment/index.ts';
import { statement } from '../store/index.ts';
import type { Batch } from './batch.ts';

interface Stored {
  readonly id: string;
  readonly revision: number;
  readonly commentCount: number;
  readonly mergedIntoId: string | null;
}
const storedDiscussions = statement<Stored>(
  'transfer.storedDiscussions',
  (d) => `SELECT t.id, t.revision, t.comment_count AS "commentCount", t.merged_into_id AS "mergedIntoId"
    FROM discussion t WHERE ${d.inList('t.id')}`,
);
const splitDiscussions = statement<{ id: string; fromId: string }>(
  'transfer.splitDiscussions',
  (d) => `SELECT t.id, t.split_from_id AS "fromId" FROM discussion t
    WHERE t.split_from_id IS NOT NULL AND ${d.inList('t.split_from_id')}`,
);

/**
 * Locks the known discussions, those that comments of them were moved to, and those where the known comments are, before
 * these are read: nobody moves or adds comments there meanwhile. What was moved before a lock was taken is read again.
 */
export async function lockDiscussions(batch: Batch): Promise<void> {
  const { tx } = batch;
  const comments = batch.rows.idsOf('comment');
  const ids = new Set(batch.rows.idsOf('discussion'));
  for (const locked = new Set<string>(); ; ) {
    for (const { discussionId } of comments.length > 0 ? await tx.all(importedParents, [comments]) : [])
      ids.add(discussionId);
    if (ids.size === 0) return;
    await readDiscussions(batch, ids);
    const unlocked = [...ids].filter((id) => !locked.has(id)).sort();
    if (unlocked.length === 0) return;
    await lockForImport(tx, unlocked);
    for (const id of unlocked) locked.add(id);
  }
}

/** Reads what is known of discussions, and adds those that comments of them were moved to. */
async function readDiscussions(batch: Batch, ids: Set<string>): Promise<void> {
  const wanted = [...ids];
  batch.mergedInto.clear();
  for (const { id, revision, commentCount, mergedIntoId } of await batch.tx.all(storedDiscussions, [
    wanted,
  ])) {
    batch.revisions.set(id, revision);
    batch.sizes.set(id, commentCount);
    if (mergedIntoId === null) continue;
    batch.mergedInto.set(id, mergedIntoId);
    ids.add(mergedIntoId);
  }
  for (const { id, fromId } of await batch.tx.all(splitDiscussions, [wanted])) {
    batch.splits.set(fromId, (batch.splits.get(fromId) ?? new Set()).add(id));
    ids.add(id);
  }
}
