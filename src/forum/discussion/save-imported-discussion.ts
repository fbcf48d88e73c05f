import { type NewId, preparedIn, type Tx } from '../../store/index.ts';
import { type ImportedTime, restatedTime } from '../../text/imported-time.ts';
import type { Rendering } from '../../text/markdown.ts';
import { nextFreeSlug, slugOf, titleKeyOf } from '../../text/slug.ts';
import { discussionWritten } from './discussion-text.ts';
import { type ImportedIdentity, isOfDocument } from './find-imported-discussion.ts';

/** A discussion as an imported document has it. */
export interface ImportedDiscussion {
  readonly identity: ImportedIdentity;
  readonly title: string;
  readonly body: string;
  readonly rendering: Rendering;
  readonly time: ImportedTime;
  readonly lastEditedAt: Date | null;
  readonly importedNetVotes: number;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly pin: { readonly label: string | null; readonly until: Date | null } | null;
  readonly lock: { readonly reason: 'OFF_TOPIC' | 'RESOLVED' | 'SPAM' | 'TOO_HEATED' | null } | null;
  readonly close: { readonly reason: 'RESOLVED' | 'OUTDATED' | 'DUPLICATE' | null } | null;
  /** When the document was captured: the time of the imported pin, lock and close. */
  readonly asOf: Date;
}

/** The rows that a new discussion refers to. */
interface ImportedReferences {
  readonly authorId: string | null;
  readonly productId: string | null;
  readonly categoryId: string | null;
  readonly tagIds: readonly string[];
}

/** Adds the discussion with its pin and its tags. Its counters are those of an empty discussion. */
export async function createImportedDiscussion(
  tx: Tx,
  newId: NewId,
  draft: ImportedDiscussion,
  { tagIds, ...references }: ImportedReferences,
): Promise<string> {
  const { title, body, rendering, time, pin, lock, close, metadata, asOf } = draft;
  const id = newId(time.at);
  const slug = await nextFreeSlug(slugOf(title), (slugs) => takenAmong(tx, slugs));
  await tx.discussion.create({
    data: {
      id,
      slug,
      title,
      titleKey: titleKeyOf(title),
      body,
      bodyHtml: rendering.html,
      bodyText: rendering.text,
      ...references,
      createdAt: time.at,
      createdAtIsApproximate: time.isApproximate,
      lastEditedAt: draft.lastEditedAt,
      importKey: draft.identity.key,
      ...(metadata && { importedMetadata: { ...metadata } }),
      importedNetVotes: draft.importedNetVotes,
      lastActivityAt: time.at,
      ...(lock && { lockedAt: asOf, lockReason: lock.reason }),
      ...(close && { closedAt: asOf, closeReason: close.reason }),
      ...(pin && { pin: { create: { label: pin.label, createdAt: asOf, expiresAt: pin.until } } }),
    },
  });
  await discussionWritten.emit(preparedIn(tx), {
    ...{ id, authorId: references.authorId, createdAt: time.at.getTime() },
    ...{ before: null, after: { title, bodyText: rendering.text } },
  });
  if (tagIds.length > 0) {
    await tx.discussionTag.createMany({ data: tagIds.map((tagId) => ({ discussionId: id, tagId })) });
  }
  return id;
}

/**
 * Updates a discussion from a newer document: imported votes, an approximate time and, unless it was edited here, title
 * and text. Imports never overwrite local edits: pin, lock, tags and deletion stay. Returns whether anything changed, and
 * whether it can be seen under another title now: adopt the links that wait for that.
 */
export async function updateImportedDiscussion(
  tx: Tx,
  id: string,
  draft: ImportedDiscussion,
): Promise<{ readonly isChanged: boolean; readonly isRetitled: boolean }> {
  const stored = await tx.discussion.findUniqueOrThrow({
    where: { id },
    include: { revisions: { take: 1 } },
  });
  if (!isOfDocument(stored.importKey)) return UNCHANGED;
  // the document's votes come beside those of the discussions that were merged into this one, which have those of theirs
  const merges = await tx.discussionMerge.findMany({
    where: { destinationId: id },
    select: { sourceId: true },
  });
  const merged = await tx.discussion.aggregate({
    where: { id: { in: merges.map(({ sourceId }) => sourceId) } },
    _sum: { importedNetVotes: true },
  });
  const importedNetVotes = draft.importedNetVotes + (merged._sum.importedNetVotes ?? 0);
  const isEditedHere =
    stored.revisions.length > 0 || stored.lastEditedAt?.getTime() !== draft.lastEditedAt?.getTime();
  const data = {
    ...(stored.importedNetVotes !== importedNetVotes && { importedNetVotes }),
    ...(!isEditedHere && textChanges(stored, draft)),
    ...restatedTime(stored, draft.time),
  };
  if (Object.keys(data).length === 0) return UNCHANGED;
  const { title, titleKey, bodyText, authorId, createdAt } = await tx.discussion.update({
    where: { id },
    data,
  });
  const after = { title, bodyText };
  await discussionWritten.emit(preparedIn(tx), {
    ...{ id, authorId, createdAt: createdAt.getTime(), before: stored, after },
  });
  return { isChanged: true, isRetitled: titleKey !== stored.titleKey && stored.deletedAt === null };
}

const UNCHANGED = { isChanged: false, isRetitled: false };

/**
 * Whether a discussion was merged into another one, or comments of it were split off: its document does not tell any more
 * what belongs to it. Its row is locked.
 */
export async function isRearranged(tx: Tx, id: string): Promise<boolean> {
  const isMerged = { id, mergedIntoId: { not: null } };
  return (await tx.discussion.count({ where: { OR: [isMerged, { splitFromId: id }] } })) > 0;
}

/** Accepts a comment as the answer if the discussion has none. */
export async function acceptImportedAnswer(tx: Tx, id: string, answerId: string, at: Date): Promise<void> {
  const data = { answerId, answeredAt: at };
  await tx.discussion.updateMany({ where: { id, answerId: null }, data });
}

function textChanges(
  stored: { title: string; body: string },
  { title, body, rendering }: ImportedDiscussion,
) {
  if (stored.title === title && stored.body === body) return {};
  const titleKey = titleKeyOf(title);
  return { title, titleKey, body, bodyHtml: rendering.html, bodyText: rendering.text };
}

async function takenAmong(tx: Tx, slugs: string[]): Promise<string[]> {
  const rows = await tx.discussion.findMany({ where: { slug: { in: slugs } }, select: { slug: true } });
  return rows.map((row) => row.slug);
}
