// What has become of discussions: merged into others, or made of comments of others.
import { type ImportedMerge, setImportedSplit } from '../forum/discussion/index.ts';
import type { Batch, PreparedRecord, Saved } from './batch.ts';
import type { ImportedRow } from './imported-rows.ts';
import type { DiscussionRecord, SplitRecord } from './records.ts';
import { isOwn, saved, UNCHANGED } from './save-relations.ts';

/** Where a merged discussion leads. Null if it was not merged. Throws RecordOmitted if that discussion is not known. */
export function mergedColumns(batch: Batch, { merged }: DiscussionRecord): ImportedMerge | null {
  if (!merged) return null;
  const into = batch.required('discussion', merged.into, 'merged discussions').rowId;
  const comment = merged.comment && batch.idOf('comment', merged.comment, 'comment of a merged discussion');
  return {
    // it may have been merged here since
    mergedIntoId: batch.currentId(into),
    mergedCommentId: comment ?? null,
    mergedAt: batch.time(merged.at),
  };
}

export async function saveSplit(
  batch: Batch,
  { record }: PreparedRecord<SplitRecord>,
  known: ImportedRow | undefined,
): Promise<Saved> {
  const discussion = batch.required('discussion', record.discussion, 'splits');
  const from = batch.required('discussion', record.from, 'splits');
  if (known || isOwn(discussion) || discussion.rowId === from.rowId) return UNCHANGED;
  return saved(await setImportedSplit(batch.tx, discussion.rowId, from.rowId));
}
