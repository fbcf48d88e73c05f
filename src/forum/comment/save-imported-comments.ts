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
  /** Null if it is not deleted. */
  readonly deletedAt: Date | null;
  readonly importedNetVotes: number;
  readonly isOfficial: boolean;
  readonly isVerifiedUser: boolean;
  readonly metadata: Readonly<Record<string, string>> | null;
  /** The index of the comment that it replies to; null at the top level. There are no cycles. */
  readonly replyTo: number | null;
}

/** What the import of a document's comments did. `ids` is in their order. */
interface SavedComments {
  readonly ids: readonly string[];
  /** The indexes of the new ones. */
  readonly created: readonly number[];
  /** The number of existing comments that changed. */
  readonly updated: number;
  /** Counted over the new comments only. In a new discussion, these are all. */
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
/** Rows in one statement. */
const BATCH = 500;

/**
 * Adds a document's new comments, and updates imported votes and approximate times of the others. Imports never
 * overwrite local edits: existing texts, deletions and marks stay, and so do comments that the document no longer has.
 * `authorIdsOf` is called once, with the new ones. If the discussion is not new, call `recountDiscussion` next.
 */
export async function saveImportedComments(
  tx: Tx,
  newId: NewId,
  discussionId: string,
  imported: readonly ImportedComment[],
  authorIdsOf: (created: readonly number[]) => Promise<readonly (string | null)[]>,
): Promise<SavedComments> {
  const where = { discussionId, importKey: { not: null } };
  const rows: StoredComment[] = await tx.comment.findMany({ where, select: STORED });
  const stored = new Map(rows.map((row) => [row.importKey, row]));
  const created = imported.flatMap((comment, i) => (stored.has(comment.importKey) ? [] : [i]));
  const ids = imported.map((comment) => stored.get(comment.importKey)?.id ?? newId(comment.time.at));
  const depths = depthsOf(imported, stored);
  const authorIds = await authorIdsOf(created);
  const added = created.map((index, i) => ({ index, authorId: authorIds[i] ?? null }));
  // parents first: a reply's row refers to its parent's
  added.sort((a, b) => (depths[a.index] ?? 0) - (depths[b.index] ?? 0) || a.index - b.index);
  const rowsOfNew = added.map(({ index, authorId }) => {
    const comment = imported[index] as ImportedComment;
    const replyToId = comment.replyTo === null ? null : (ids[comment.replyTo] ?? null);
    const keys = { id: ids[index] ?? '', discussionId, replyToId, depth: depths[index] ?? 0, authorId };
    return { ...keys, ...columnsOf(comment) };
  });
  const { thread, counters } = countNew(rowsOfNew);
  const data = rowsOfNew.map((row, i) => ({ ...row, ...counters[i] }));
  for (let i = 0; i < data.length; i += BATCH) {
    await tx.comment.createMany({ data: data.slice(i, i + BATCH) });
  }
  return { ids, created, thread, updated: await updateStored(tx, imported, stored) };
}

function columnsOf(comment: ImportedComment) {
  const { importKey, body, rendering, time, metadata } = comment;
  const { lastEditedAt, deletedAt, importedNetVotes, isOfficial, isVerifiedUser } = comment;
  return {
    ...{ importKey, body, bodyHtml: rendering.html, bodyText: rendering.text },
    ...{ createdAt: time.at, createdAtIsApproximate: time.isApproximate },
    ...{ lastEditedAt, deletedAt, importedNetVotes, isOfficial, isVerifiedUser },
    ...(metadata && { importedMetadata: { ...metadata } }),
  };
}

/** A comment's depth is one more than its parent's. The parent may come later in the document. */
function depthsOf(
  imported: readonly ImportedComment[],
  stored: ReadonlyMap<string | null, StoredComment>,
): number[] {
  const depths = imported.map(
    (comment) => stored.get(comment.importKey)?.depth ?? (comment.replyTo === null ? 0 : -1),
  );
  imported.forEach((_, start) => {
    const path: number[] = [];
    for (let at: number = start; depths[at] === -1; at = imported[at]?.replyTo ?? start) path.push(at);
    for (const index of path.reverse()) depths[index] = (depths[imported[index]?.replyTo ?? index] ?? 0) + 1;
  });
  return depths;
}

/** In a new discussion these counters are final, which saves an update of every row. */
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
  imported: readonly ImportedComment[],
  stored: ReadonlyMap<string | null, StoredComment>,
): Promise<number> {
  let updated = 0;
  for (const comment of imported) {
    const row = stored.get(comment.importKey);
    if (!row) continue;
    const votes =
      row.importedNetVotes === comment.importedNetVotes ? {} : { importedNetVotes: comment.importedNetVotes };
    const data = { ...votes, ...restatedTime(row, comment.time) };
    if (Object.keys(data).length === 0) continue;
    await tx.comment.update({ where: { id: row.id }, data });
    updated++;
  }
  return updated;
}
