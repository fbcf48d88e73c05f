// What merging and splitting write in the tables of discussions. See forum/merge.
import type { Context } from '../../access/context.ts';
import { change, deleteRows, differing, type Transaction, updateRows } from '../../store/index.ts';
import { type CountedDiscussion, countDiscussion } from './count-discussion.ts';
import { type LockedDiscussion, lockAnyDiscussionForUpdate } from './discussion-for-update.ts';
import { discussionDeletedOrRestored, discussionTitled } from './discussion-text.ts';

/** Marks a discussion as merged, which hides it like a deleted one. Its pin and its answer go. */
export async function recordMerged(
  ctx: Context,
  tx: Transaction,
  { id, title }: LockedDiscussion,
  into: { readonly destinationId: string; readonly commentId: string },
): Promise<void> {
  const at = ctx.now();
  const merged = { mergedIntoId: into.destinationId, mergedCommentId: into.commentId, mergedAt: at };
  const deleted = { deletedAt: at, deletedById: ctx.viewer?.id ?? null };
  const unanswered = { answerId: null, answeredAt: null, answeredById: null, answerRevision: null };
  await updateRows(tx, 'discussion', { id }, { ...merged, ...deleted, ...unanswered });
  await deleteRows(tx, 'pin', { discussionId: id });
  await discussionDeletedOrRestored.emit(tx, { id, title });
}

/** Shows a merged discussion again. */
export async function recordUnmerged(
  tx: Transaction,
  { id, title, titleKey }: LockedDiscussion,
): Promise<void> {
  const merged = { mergedIntoId: null, mergedCommentId: null, mergedAt: null };
  await updateRows(tx, 'discussion', { id }, { ...merged, deletedAt: null, deletedById: null });
  await discussionDeletedOrRestored.emit(tx, { id, title });
  await discussionTitled.emit(tx, { discussionId: id, titleKey });
}

/** Duplicates of a merged discussion become those of another, and what was merged into it leads there too. */
export async function moveReferences(
  tx: Transaction,
  sourceId: string,
  { id, duplicateOfId }: LockedDiscussion,
): Promise<void> {
  // locked so that it can't be marked as a duplicate until these rows point to it
  if (duplicateOfId !== null) await lockAnyDiscussionForUpdate(tx, duplicateOfId);
  await updateRows(tx, 'discussion', { duplicateOfId: sourceId }, { duplicateOfId: duplicateOfId ?? id });
  await updateRows(tx, 'discussion', { mergedIntoId: sourceId }, { mergedIntoId: id });
}

/** Moves the rows that a merge has recorded. Its parameters: to which discussion, from which, and the merge's source. */
export const moveRecordedRows = (table: 'bookmark' | 'related_link', column: string) =>
  change(
    `${table}.moveRecorded ${column}`,
    `UPDATE ${table} SET ${column} = ? WHERE ${column} = ?
      AND id IN (SELECT m.row_id FROM merged_row m WHERE m.source_id = ?)`,
    { table, sets: [column], by: [column, column, null] },
  );
// wherever they are: duplicates follow the mark of their original, and one that was marked anew is recorded no more
const DUPLICATES_BACK = change(
  'discussion.duplicatesBack',
  `UPDATE discussion SET duplicate_of_id = ? WHERE duplicate_of_id IS NOT NULL
    AND id IN (SELECT m.row_id FROM merged_row m WHERE m.source_id = ?)`,
  { table: 'discussion', sets: ['duplicate_of_id'], by: ['duplicate_of_id', null] },
);
// by the chain of merges: a row that was a duplicate of the source may have been merged into the destination since
const MERGED_BACK = change(
  'discussion.mergedBack',
  `UPDATE discussion SET merged_into_id = ? WHERE merged_into_id = ? AND id IN (
      WITH RECURSIVE earlier (id) AS (
        SELECT m.source_id FROM discussion_merge m WHERE m.destination_id = ?
        UNION SELECT m.source_id FROM earlier JOIN discussion_merge m ON m.destination_id = earlier.id
      )
      SELECT id FROM earlier
    )`,
  { table: 'discussion', sets: ['merged_into_id'], by: ['merged_into_id', 'merged_into_id', null] },
);

/** Moves back what `moveReferences` has moved, as far as nobody else has moved it since. */
export async function moveReferencesBack(
  tx: Transaction,
  sourceId: string,
  { id }: LockedDiscussion,
): Promise<void> {
  await tx.run(DUPLICATES_BACK, [sourceId, sourceId]);
  await tx.run(MERGED_BACK, [sourceId, id, sourceId]);
}

/** Writes a discussion's counters, which are counted from `counted`. Its row is locked. */
export async function recordCounters(
  tx: Transaction,
  discussion: LockedDiscussion,
  counted: Omit<CountedDiscussion, 'createdAt'>,
): Promise<void> {
  const { id, createdAt } = discussion;
  const { importedNetVotes } = counted;
  const { lastActivityAt, ...counters } = countDiscussion({ ...counted, createdAt });
  const changed = differing(discussion, { ...counters, importedNetVotes });
  const at = new Date(lastActivityAt);
  await updateRows(tx, 'discussion', { id }, { ...changed, lastActivityAt: at });
}
