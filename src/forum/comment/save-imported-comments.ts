import type { NewId, Tx } from '../../store/index.ts';
import { type ImportedTime, restatedTime, type StoredTime } from '../../text/imported-time.ts';
import type { Rendering } from '../../text/markdown.ts';
import { countThread, type ThreadCounters } from './count-thread.ts';

/** A comment as an imported document has it. */
export interface ImportedComment {
  readonly importKey: string;
  readonly body: string;
  readonly rendering: Rendering;
  readonly time: ImportedTime;
  readonly lastEditedAt: Date | null;
  /** Null: not deleted. */
  readonly deletedAt: Date | null;
  readonly importedNetVotes: number;
  readonly isOfficial: boolean;
  readonly isVerifiedUser: boolean;
  readonly metadata: Readonly<Record<string, string>> | null;
  /** The index of the comment that it replies to; null: top level. There are no circles. */
  readonly replyTo: number | null;
}

/** What became of a document's comments; `ids` is in their order. */
export interface SavedComments {
  readonly ids: readonly string[];
  /** The indexes of those that are new. */
  readonly created: readonly number[];
  /** How many that were there have changed. */
  readonly updated: number;
  /** Counted over the new ones alone: of a new discussion these are all. */
  readonly thread: ThreadCounters;
}

interface StoredComment extends StoredTime {
  readonly id: string;
  readonly depth: number;
  readonly importKey: string | null;
  readonly importedNetVotes: number;
}

const STORED = {
  id: true,
  depth: true,
  importKey: true,
  importedNetVotes: true,
  createdAt: true,
  createdAtIsApproximate: true,
} as const;
/** Rows for one statement. */
const BATCH = 500;

/**
 * Adds the comments that the discussion does not have yet, and brings the others up to the document: imported votes,
 * and approximate times that have moved on. Texts, deletions and marks of comments that are there stay as people here
 * left them, and so do comments that the document no longer has. `authorIdsOf` is asked once, for the new ones.
 * The counters of what was there before are not touched: call `recountDiscussion` where the discussion is not new.
 */
export async function saveImportedComments(
  tx: Tx,
  newId: NewId,
  discussionId: string,
  drafts: readonly ImportedComment[],
  authorIdsOf: (created: readonly number[]) => Promise<readonly (string | null)[]>,
): Promise<SavedComments> {
  const where = { discussionId, importKey: { not: null } };
  const rows: StoredComment[] = await tx.comment.findMany({ where, select: STORED });
  const stored = new Map(rows.map((row) => [row.importKey, row]));
  const created = drafts.flatMap((draft, i) => (stored.has(draft.importKey) ? [] : [i]));
  const ids = drafts.map((draft) => stored.get(draft.importKey)?.id ?? newId(draft.time.at));
  const depths = depthsOf(drafts, stored);
  const authorIds = await authorIdsOf(created);
  const places = created.map((index, i) => ({ index, authorId: authorIds[i] ?? null }));
  // a reply refers to its parent's row, so parents come first
  places.sort((a, b) => (depths[a.index] ?? 0) - (depths[b.index] ?? 0) || a.index - b.index);
  const rowsOfNew = places.map(({ index, authorId }) => {
    const draft = drafts[index] as ImportedComment;
    const replyToId = draft.replyTo === null ? null : (ids[draft.replyTo] ?? null);
    const place = { id: ids[index] ?? '', discussionId, replyToId, depth: depths[index] ?? 0, authorId };
    return { ...place, ...columnsOf(draft) };
  });
  const { thread, counters } = countNew(rowsOfNew);
  const data = rowsOfNew.map((row, i) => ({ ...row, ...counters[i] }));
  for (let i = 0; i < data.length; i += BATCH) {
    await tx.comment.createMany({ data: data.slice(i, i + BATCH) });
  }
  return { ids, created, thread, updated: await updateStored(tx, drafts, stored) };
}

function columnsOf(draft: ImportedComment) {
  const { importKey, body, rendering, time, metadata } = draft;
  const { lastEditedAt, deletedAt, importedNetVotes, isOfficial, isVerifiedUser } = draft;
  return {
    ...{ importKey, body, bodyHtml: rendering.html, bodyText: rendering.text },
    ...{ createdAt: time.at, createdAtIsApproximate: time.isApproximate },
    ...{ lastEditedAt, deletedAt, importedNetVotes, isOfficial, isVerifiedUser },
    ...(metadata && { importedMetadata: { ...metadata } }),
  };
}

/** A comment's depth is one more than that of its parent, which may stand later in the document. */
function depthsOf(
  drafts: readonly ImportedComment[],
  stored: ReadonlyMap<string | null, StoredComment>,
): number[] {
  const depths = drafts.map(
    (draft) => stored.get(draft.importKey)?.depth ?? (draft.replyTo === null ? 0 : -1),
  );
  drafts.forEach((_, start) => {
    const path: number[] = [];
    for (let at: number = start; depths[at] === -1; at = drafts[at]?.replyTo ?? start) path.push(at);
    for (const index of path.reverse()) depths[index] = (depths[drafts[index]?.replyTo ?? index] ?? 0) + 1;
  });
  return depths;
}

/** In a new discussion these counters are right at once, which saves an update of every row. */
function countNew(
  rows: readonly (ReturnType<typeof columnsOf> & { id: string; replyToId: string | null })[],
) {
  return countThread(
    rows.map(({ id, replyToId, importedNetVotes, createdAt, deletedAt }) => ({
      ...{ id, replyToId, importedNetVotes, up: 0, down: 0 },
      ...{ createdAt: createdAt.getTime(), isDeleted: deletedAt !== null },
    })),
  );
}

async function updateStored(
  tx: Tx,
  drafts: readonly ImportedComment[],
  stored: ReadonlyMap<string | null, StoredComment>,
): Promise<number> {
  let updated = 0;
  for (const draft of drafts) {
    const row = stored.get(draft.importKey);
    if (!row) continue;
    const votes =
      row.importedNetVotes === draft.importedNetVotes ? {} : { importedNetVotes: draft.importedNetVotes };
    const data = { ...votes, ...restatedTime(row, draft.time) };
    if (Object.keys(data).length === 0) continue;
    await tx.comment.update({ where: { id: row.id }, data });
    updated++;
  }
  return updated;
}
