// Discussions and comments.
import {
  addImportedComment,
  type ImportedParent,
  importedAncestor,
  updateImportedCommentText,
} from '../forum/comment/index.ts';
import {
  addImportedDiscussion,
  addOldAddresses,
  DELETION_REASON,
  EXTERNAL_ID,
  type ImportedColumns,
  oldAddressOf,
  PIN_LABEL,
  updateImportedDiscussionText,
} from '../forum/discussion/index.ts';
import { addImportedViews } from '../forum/view/index.ts';
import { EARLIEST_MS, LATEST_MS } from '../text/relative-time.ts';
import { UNICODE_SLUG } from '../text/slug.ts';
import { textFault } from '../text/text-rules.ts';
import type { Batch, PreparedRecord, PreparedText, Saved } from './batch.ts';
import { fitText } from './fit-text.ts';
import { type ImportedRow, wasHere } from './imported-rows.ts';
import { COMMENT_KEYS, markTaken } from './match-comments.ts';
import type { CommentRecord, DiscussionRecord } from './records.ts';
import { mergedColumns } from './save-merges.ts';
import { rowIdFor } from './save-people.ts';

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
  if (known && wasHere(known) && known.digest === '')
    return { status: 'unchanged', rowId: known.rowId, revision: known.revision };
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

/** A deletion in the other forum is not repeated here, and its empty text replaces nothing. */
async function update(
  batch: Batch,
  record: DiscussionRecord | CommentRecord,
  { body, rendering, mentioned }: PreparedText,
  { rowId, revision }: ImportedRow,
  write: (
    newer: Parameters<typeof updateImportedCommentText>[2],
    importedRevision: number,
  ) => Promise<boolean>,
): Promise<Saved> {
  if (body === '') return { status: 'unchanged', rowId, revision };
  const newer = {
    ...{ body, rendering, mentioned, revision: record.revision ?? 1 },
    lastEditedAt: batch.optionalTime(record.lastEditedAt),
    importedNetVotes: record.importedNetVotes ?? 0,
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

function columnsOf(batch: Batch, record: DiscussionRecord | CommentRecord): ImportedColumns {
  const createdAt = batch.time(record.createdAt);
  return {
    authorId: batch.idOf('author', record.author, 'author'),
    createdAt,
    createdAtIsApproximate: record.createdAtIsApproximate ?? false,
    lastEditedAt: batch.optionalTime(record.lastEditedAt),
    revision: record.revision ?? 1,
    deletedAt: batch.optionalTime(record.deletedAt),
    deletedById: batch.idOf('author', record.deletedBy, 'author of a deletion'),
    deletionReason: record.deletionReason ? fitText(record.deletionReason, DELETION_REASON).text : null,
    importedNetVotes: record.importedNetVotes ?? 0,
    importKey: record.importKey ?? null,
  };
}

/** The comment to which one replies here. A reply that is too deep replies to the nearest one that may have replies. */
async function parentOf(
  batch: Batch,
  { key, replyTo }: CommentRecord,
  discussionId: string,
): Promise<ImportedParent | null> {
  const id = batch.idOf('comment', replyTo, 'comment to reply to');
  const parent = id === null ? null : (batch.places.get(id) ?? null);
  if (parent === null) return null;
  if (parent.discussionId !== discussionId) {
    batch.omit('replies to comments of another discussion', 'It is at the top level.');
    return null;
  }
  const { replyDepthMax } = batch;
  if (parent.depth < replyDepthMax) return parent;
  batch.omit(`replies deeper than ${replyDepthMax} levels`, `"${key}" replies to a comment further up.`);
  return replyDepthMax === 0 ? null : importedAncestor(batch.tx, parent.id, replyDepthMax - 1);
}

function externalIdOf(batch: Batch, externalId: string | null | undefined): string | null {
  if (externalId === null || externalId === undefined) return null;
  const fault = textFault(externalId, EXTERNAL_ID);
  if (fault === null) return externalId;
  batch.omit('external ids', fault);
  return null;
}

function pinOf(batch: Batch, pin: DiscussionRecord['pin']) {
  const createdAt = batch.optionalTime(pin?.at);
  if (!pin || !createdAt) return null;
  const expires = pin.expiresAt ? Date.parse(pin.expiresAt) : Number.NaN;
  const isTime = expires >= EARLIEST_MS && expires <= LATEST_MS;
  return {
    createdAt,
    pinnedById: batch.idOf('author', pin.by, 'author of a pin'),
    label: pin.label ? fitText(pin.label, PIN_LABEL).text : null,
    position: pin.position ?? 0,
    expiresAt: isTime ? new Date(expires) : null,
  };
}

/** PostgreSQL stores neither U+0000 nor half of a surrogate pair. */
function storable(metadata: DiscussionRecord['metadata']): Readonly<Record<string, unknown>> | null {
  if (!metadata) return null;
  const clean = (_: string, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value;
  return JSON.parse(JSON.stringify(metadata, clean));
}
