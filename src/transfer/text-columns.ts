// What is stored with the texts of discussions and comments.
import { type ImportedParent, importedAncestor } from '../forum/comment/index.ts';
import { DELETION_REASON, EXTERNAL_ID, type ImportedColumns, PIN_LABEL } from '../forum/discussion/index.ts';
import { EARLIEST_MS, LATEST_MS } from '../text/relative-time.ts';
import { textFault } from '../text/text-rules.ts';
import type { Batch } from './batch.ts';
import { fitText } from './fit-text.ts';
import type { CommentRecord, DiscussionRecord } from './records.ts';

/** The columns that discussions and comments share. Throws RecordOmitted if there is no readable time. */
export function columnsOf(batch: Batch, record: DiscussionRecord | CommentRecord): ImportedColumns {
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
export async function parentOf(
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

/** The external id if it keeps the rule. */
export function externalIdOf(batch: Batch, externalId: string | null | undefined): string | null {
  if (externalId === null || externalId === undefined) return null;
  const fault = textFault(externalId, EXTERNAL_ID);
  if (fault === null) return externalId;
  batch.omit('external ids', fault);
  return null;
}

/** The pin of a discussion. Null if there is none with a readable time. */
export function pinOf(batch: Batch, pin: DiscussionRecord['pin']) {
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
export function storable(metadata: DiscussionRecord['metadata']): Readonly<Record<string, unknown>> | null {
  if (!metadata) return null;
  const clean = (_: string, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value;
  return JSON.parse(JSON.stringify(metadata, clean));
}
