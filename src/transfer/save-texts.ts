// Discussions and comments.
import {
  addImportedComment,
  updateImportedCommentText,
  updateImportedVotes,
} from '../forum/comment/index.ts';
import {
  addImportedDiscussion,
  addOldAddresses,
  oldAddressOf,
  updateImportedDiscussionText,
} from '../forum/discussion/index.ts';
import { addImportedViews } from '../forum/view/index.ts';
import { UNICODE_SLUG } from '../text/slug.ts';
import type { Batch, PreparedRecord, PreparedText, Saved } from './batch.ts';
import { type ImportedRow, wasHere } from './imported-rows.ts';
import { COMMENT_KEYS, markTaken } from './match-comments.ts';
import type { CommentRecord, DiscussionRecord } from './records.ts';
import { mergedColumns } from './save-merges.ts';
import { rowIdFor } from './save-people.ts';
import { columnsOf, externalIdOf, parentOf, pinOf, storable } from './text-columns.ts';

const NO_TEXT = new Error('A record with texts was not prepared.');

/** Adds a discussion, or updates the text and imported votes of the one that an earlier import has added. */
export async function saveDiscussion(
  batch: Batch,
  { record, key, text }: PreparedRecord<DiscussionRecord>,
  known: ImportedRow | undefined,
): Promise<Saved> {
  if (!text) throw NO_TEXT;
  const { tx } = batch;
  if (known) {
    await saveAddresses(batch, known.rowId, record);
    if (record.merged && !batch.mergedInto.has(known.rowId))
      batch.omit('merges of discussions that are here', `"${key}" stays as it is.`);
    return update(batch, record, text, known, (newer, of) =>
      updateImportedDiscussionText(tx, known.rowId, { ...newer, title: text.title }, of),
    );
  }
  const merge = mergedColumns(batch, record);
  const columns = columnsOf(batch, record);
  const id = rowIdFor(batch, key, columns.createdAt);
  const { lock, close } = record;
  await addImportedDiscussion(tx, {
    ...{ id, ...text, metadata: storable(record.metadata) },
    slug: record.slug && UNICODE_SLUG.test(record.slug) ? record.slug : null,
    columns: {
      ...columns,
      ...(merge && { ...merge, deletedAt: columns.deletedAt ?? merge.mergedAt }),
      categoryId: batch.idOf('category', record.category, 'category'),
      productId: batch.idOf('product', record.product, 'product'),
      externalId: batch.claimed('external ids of discussions', externalIdOf(batch, record.externalId)),
      importKey: batch.claimed('thread documents', columns.importKey),
      lockedAt: batch.optionalTime(lock?.at),
      lockReason: lock?.reason ?? null,
      lockedById: batch.idOf('author', lock?.by, 'author of a lock'),
      closedAt: batch.optionalTime(close?.at),
      closeReason: close?.reason ?? null,
      closedById: batch.idOf('author', close?.by, 'author of a close'),
    },
    tagIds: (record.tags ?? []).flatMap((tag) => batch.idOf('tag', tag, 'tag') ?? []),
    pin: pinOf(batch, record.pin),
  });
  await saveAddresses(batch, id, record);
  if (record.viewCount) await addImportedViews(tx, id, record.viewCount);
  batch.revisions.set(id, columns.revision);
  if (merge) batch.mergedInto.set(id, merge.mergedIntoId);
  batch.touch(id);
  return { status: 'created', rowId: id, revision: columns.revision };
}

async function saveAddresses(
  batch: Batch,
  discussionId: string,
  { oldUrls = [] }: DiscussionRecord | CommentRecord,
): Promise<void> {
  const addresses = oldUrls.flatMap((url) => {
    const address = oldAddressOf(url);
    if (!address) batch.omit('old addresses', `"${url.slice(0, 100)}" is neither a URL nor a path.`);
    return address ?? [];
  });
  await addOldAddresses(batch.tx, discussionId, addresses);
}

/** Adds a comment, or updates the text and imported votes of the one that an earlier import has added. */
export async function saveComment(
  batch: Batch,
  { record, key, text }: PreparedRecord<CommentRecord>,
  known: ImportedRow | undefined,
): Promise<Saved> {
  if (!text) throw NO_TEXT;
  const { tx } = batch;
  // matched with one that is here: see matchComments
  if (known && wasHere(known) && known.digest === '') return saveVotesOfMatched(batch, record, known);
  if (known) {
    const discussionId = batch.places.get(known.rowId)?.discussionId;
    if (discussionId !== undefined) {
      batch.touch(discussionId);
      await saveAddresses(batch, discussionId, record);
    }
    return update(batch, record, text, known, (newer, of) =>
      updateImportedCommentText(tx, known.rowId, newer, of),
    );
  }
  const discussion = batch.required('discussion', record.discussion, 'comments');
  const discussionId = batch.currentId(discussion.rowId);
  const columns = columnsOf(batch, record);
  const id = rowIdFor(batch, key, columns.createdAt);
  // a discussion that was here before, or another one, may have a comment of the same thread document
  const hasOwnThread = !wasHere(discussion) && discussionId === discussion.rowId;
  const importKey = hasOwnThread ? batch.claimed(COMMENT_KEYS, columns.importKey, discussionId) : null;
  const place = await addImportedComment(tx, {
    ...{ id, discussionId, ...text, metadata: storable(record.metadata) },
    replyTo: await parentOf(batch, record, discussionId),
    columns: {
      ...columns,
      importKey,
      isOfficial: record.isOfficial ?? false,
      isVerifiedUser: record.isVerifiedUser ?? false,
    },
  });
  batch.places.set(id, place);
  if (importKey !== null) await markTaken(tx, id, record.discussion);
  await saveAddresses(batch, discussionId, record);
  batch.touch(discussionId);
  return { status: 'created', rowId: id, revision: columns.revision };
}

/**
 * Sets the imported votes of a comment that a thread document has added: the votes of authors in the export come on top of
 * those that the export counts, and may be counted by the document.
 */
async function saveVotesOfMatched(
  batch: Batch,
  { importedNetVotes }: CommentRecord,
  { rowId, revision }: ImportedRow,
): Promise<Saved> {
  const isChanged =
    importedNetVotes !== undefined && (await updateImportedVotes(batch.tx, rowId, importedNetVotes));
  const discussionId = batch.places.get(rowId)?.discussionId;
  if (isChanged && discussionId !== undefined) batch.touch(discussionId);
  return { status: isChanged ? 'updated' : 'unchanged', rowId, revision };
}

/** A deletion in the other forum is not repeated here, and its empty text replaces nothing. */
async function update(
  batch: Batch,
  record: DiscussionRecord | CommentRecord,
  { body, rendering, mentioned }: PreparedText,
  known: ImportedRow,
  write: (
    newer: Parameters<typeof updateImportedCommentText>[2],
    importedRevision: number,
  ) => Promise<boolean>,
): Promise<Saved> {
  const { rowId, revision } = known;
  if (body === '') return { status: 'unchanged', rowId, revision };
  const newer = {
    ...{ body, rendering, mentioned, revision: record.revision ?? 1 },
    lastEditedAt: batch.optionalTime(record.lastEditedAt),
    // those of a thread document stay if the export does not count votes
    importedNetVotes: record.importedNetVotes ?? (wasHere(known) ? null : 0),
  };
  const isReplaced = await write(newer, revision);
  if (!isReplaced)
    batch.omit('texts that stay as they are here', `"${record.key}" is not from an import, or was edited.`);
  if (record.type === 'discussion') batch.touch(rowId);
  if (isReplaced && record.type === 'discussion') batch.revisions.set(rowId, newer.revision);
  const place = batch.places.get(rowId);
  if (isReplaced && place) batch.places.set(rowId, { ...place, revision: newer.revision });
  return { status: 'updated', rowId, revision: isReplaced ? newer.revision : revision };
}
