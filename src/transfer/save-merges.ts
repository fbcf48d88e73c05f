// What has become of discussions: merged into others, or made of comments of others.
import { type ImportedMerge, setImportedSplit } from '../forum/discussion/index.ts';
import type { Batch, PreparedRecord, Saved } from './batch.ts';
import type { ImportedRow } from './imported-rows.ts';
import type { DiscussionRecord, RecordKey, SplitRecord } from './records.ts';
import { isOwn, saved, UNCHANGED } from './save-relations.ts';

/** Where a merged discussion leads. Null if it was not merged. Throws RecordOmitted if that discussion is not known. */
export function mergedColumns(batch: Batch, { merged }: DiscussionRecord): ImportedMerge | null {
  if (!merged) return null;
  const into = batch.required('discussion', merged.into, 'merged discussions').rowId;
  // it may have been merged here since
  const mergedIntoId = batch.currentId(into);
  return {
    mergedIntoId,
    mergedCommentId: commentIn(batch, mergedIntoId, merged.comment),
    mergedAt: batch.time(merged.at),
  };
}

/** The comment that a merged discussion has become, if it is in the discussion where it has to be. */
function commentIn(batch: Batch, discussionId: string, key: RecordKey | null | undefined): string | null {
  const id = batch.idOf('comment', key, 'comment of a merged discussion');
  if (id === null || batch.places.get(id)?.discussionId === discussionId) return id;
  batch.omit('comments of merged discussions', `"${key}" is in another discussion than the merged one.`);
  return null;
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
