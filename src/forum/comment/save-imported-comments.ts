import { type NewId, preparedIn, type Tx } from '../../store/index.ts';
import { restatedTime } from '../../text/imported-time.ts';
import { MOVED_KEY } from '../discussion/index.ts';
import { commentWritten } from './comment-text.ts';
import { countThread, type ThreadCounters } from './count-thread.ts';
import { type ImportedComment, importKeyOf, readImportKey, textKeyOf } from './imported-comment.ts';
import { type MatchedComment, matchImported } from './match-imported-comments.ts';

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

interface StoredComment extends MatchedComment {
  readonly depth: number;
  readonly importedNetVotes: number;
  readonly revision: number;
}

const STORED = {
  id: true,
  depth: true,
  importKey: true,
  importedNetVotes: true,
  createdAt: true,
  createdAtIsApproximate: true,
  revision: true,
  author: { select: { externalId: true } },
} as const;
/** Rows in one statement. */
const BATCH = 500;

/**
 * Adds a document's new comments, and updates imported votes, approximate times and corrected texts of the others (see
 * `matchImported`). Imports never overwrite local edits: edited texts, deletions and marks stay, and so do comments that
 * the document no longer has. `authorIdsOf` is called once, with the new ones. If the discussion is not new, call
 * `recountDiscussion` next.
 */
export async function saveImportedComments(
  tx: Tx,
  newId: NewId,
  discussionId: string,
  imported: readonly ImportedComment[],
  authorIdsOf: (created: readonly number[]) => Promise<readonly (string | null)[]>,
): Promise<SavedComments> {
  const rows = await storedComments(tx, discussionId);
  const stored = await matchImported(imported, rows, (compared) => bodiesOf(tx, compared));
  const keys = importKeys(imported, stored, rows);
  const created = imported.flatMap((_, i) => (stored[i] ? [] : [i]));
  const ids = imported.map((comment, i) => stored[i]?.id ?? newId(comment.time.at));
  const depths = depthsOf(imported, stored);
  const authorIds = await authorIdsOf(created);
  const added = created.map((index, i) => ({ index, authorId: authorIds[i] ?? null }));
  // parents first: a reply's row refers to its parent's
  added.sort((a, b) => (depths[a.index] ?? 0) - (depths[b.index] ?? 0) || a.index - b.index);
  const rowsOfNew = added.map(({ index, authorId }) => {
    const comment = imported[index] as ImportedComment;
    const replyToId = comment.replyTo === null ? null : (ids[comment.replyTo] ?? null);
    const references = { id: ids[index] ?? '', discussionId, replyToId, depth: depths[index] ?? 0, authorId };
    return { ...references, ...columnsOf(comment), importKey: keys[index] ?? '' };
  });
  const { thread, counters } = countNew(rowsOfNew);
  const data = rowsOfNew.map((row, i) => ({ ...row, ...counters[i] }));
  for (let i = 0; i < data.length; i += BATCH) {
    await tx.comment.createMany({ data: data.slice(i, i + BATCH) });
  }
  // in the order of time, in which they stand in the search index
  for (const { id, authorId, createdAt, bodyText } of data.toSorted(
    (a, b) => Number(a.createdAt) - Number(b.createdAt),
  ))
    await commentWritten.emit(preparedIn(tx), {
      ...{ id, authorId, createdAt: createdAt.getTime(), before: null, after: { bodyText } },
    });
  return { ids, created, thread, updated: await updateStored(tx, imported, stored, keys) };
}

async function storedComments(tx: Tx, discussionId: string): Promise<StoredComment[]> {
  const rows = await tx.comment.findMany({
    where: { discussionId },
    select: STORED,
    orderBy: { id: 'asc' },
  });
  const textKeys = await textKeysOf(
    tx,
    rows.filter(({ importKey }) => importKey === null),
  );
  // those that were moved here from another discussion are not in its document
  return rows.flatMap(({ importKey, author, ...row }) => {
    if (importKey?.startsWith(MOVED_KEY)) return [];
    const parts =
      importKey === null ? { textKey: textKeys.get(row.id) ?? '', suffix: '' } : readImportKey(importKey);
    const isFromDocument = importKey !== null;
    return [{ ...row, ...parts, authorKey: author?.externalId ?? null, isFromDocument }];
  });
}

/** The text keys of comments that no document has added. */
export async function textKeysOf(
  tx: Tx,
  rows: readonly { readonly id: string }[],
): Promise<Map<string, string>> {
  const keys = new Map<string, string>();
  for (let i = 0; i < rows.length; i += BATCH)
    for (const [id, body] of await bodiesOf(tx, rows.slice(i, i + BATCH))) keys.set(id, textKeyOf(body));
  return keys;
}

async function bodiesOf(tx: Tx, rows: readonly { readonly id: string }[]): Promise<Map<string, string>> {
  const bodies = new Map<string, string>();
  for (let i = 0; i < rows.length; i += BATCH) {
    const ids = rows.slice(i, i + BATCH).map(({ id }) => id);
    const found = await tx.comment.findMany({ where: { id: { in: ids } }, select: { id: true, body: true } });
    for (const { id, body } of found) bodies.set(id, body);
  }
  return bodies;
}

/** The import key of each comment: its text's, with the suffix that it has or with the next free number. */
function importKeys(
  imported: readonly ImportedComment[],
  stored: readonly (StoredComment | null)[],
  rows: readonly StoredComment[],
): string[] {
  const taken = new Set(rows.map(importKeyOf));
  const last = new Map<string, number>();
  return imported.map(({ textKey, idSuffix }, i) => {
    const row = stored[i];
    if (row?.textKey === textKey) return importKeyOf(row);
    let key = importKeyOf({ textKey, suffix: idSuffix ?? row?.suffix ?? '1' });
    for (let n = last.get(textKey) ?? 1; taken.has(key); n++) {
      key = importKeyOf({ textKey, suffix: String(n) });
      last.set(textKey, n);
    }
    taken.add(key);
    return key;
  });
}

function columnsOf(comment: ImportedComment) {
  const { body, rendering, time, metadata } = comment;
  const { lastEditedAt, deletedAt, importedNetVotes, isOfficial, isVerifiedUser } = comment;
  return {
    ...{ body, bodyHtml: rendering.html, bodyText: rendering.text },
    ...{ createdAt: time.at, createdAtIsApproximate: time.isApproximate },
    ...{ lastEditedAt, deletedAt, importedNetVotes, isOfficial, isVerifiedUser },
    ...(metadata && { importedMetadata: { ...metadata } }),
  };
}

/** A comment's depth is one more than its parent's. The parent may come later in the document. */
function depthsOf(imported: readonly ImportedComment[], stored: readonly (StoredComment | null)[]): number[] {
  const depths = imported.map((comment, i) => stored[i]?.depth ?? (comment.replyTo === null ? 0 : -1));
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
  stored: readonly (StoredComment | null)[],
  keys: readonly string[],
): Promise<number> {
  const corrected = stored.filter((row, i) => row !== null && row.textKey !== imported[i]?.textKey);
  const bodies = await bodiesOf(tx, corrected as StoredComment[]);
  let updated = 0;
  for (const [i, comment] of imported.entries()) {
    const row = stored[i];
    if (!row?.isFromDocument) continue;
    const votes =
      row.importedNetVotes === comment.importedNetVotes ? {} : { importedNetVotes: comment.importedNetVotes };
    const text =
      row.textKey === comment.textKey
        ? {}
        : textChanges(row, comment, bodies.get(row.id) ?? '', keys[i] ?? '');
    const data = { ...votes, ...text, ...restatedTime(row, comment.time) };
    if (Object.keys(data).length === 0) continue;
    await updateComment(tx, row.id, data);
    updated++;
  }
  return updated;
}

async function updateComment(
  tx: Tx,
  id: string,
  data: Parameters<Tx['comment']['update']>[0]['data'],
): Promise<void> {
  const before = await tx.comment.findUniqueOrThrow({ where: { id }, select: { bodyText: true } });
  const after = await tx.comment.update({ where: { id }, data });
  const { authorId, createdAt } = after;
  await commentWritten.emit(preparedIn(tx), { id, authorId, createdAt: createdAt.getTime(), before, after });
}

/** A corrected text replaces the imported one, unless that was edited here. */
function textChanges(row: StoredComment, comment: ImportedComment, body: string, importKey: string) {
  if (row.revision > 1 || textKeyOf(body) !== row.textKey) return {};
  const { rendering, lastEditedAt } = comment;
  return {
    ...{ body: comment.body, bodyHtml: rendering.html, bodyText: rendering.text, importKey },
    ...(lastEditedAt && { lastEditedAt }),
  };
}
