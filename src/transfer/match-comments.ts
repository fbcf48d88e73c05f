// A discussion that an export and a thread document have in common: its comments are not added twice.
import { type ExportedComment, matchExported, textKeyOf } from '../forum/comment/index.ts';
import { change, statement, type Transaction } from '../store/index.ts';
import type { Batch, PreparedRecord } from './batch.ts';
import type { CommentRecord, RecordKey } from './records.ts';
import { storedFor } from './stored-comments.ts';

const names = statement<{ id: string; name: string | null }>(
  'transfer.authorNames',
  (d) => `SELECT t.id, t.name FROM author t WHERE ${d.inList('t.id')}`,
);

/**
 * A comment that a discussion of an export is known to have stands among the rows, under its id and the discussion's key:
 * another comment of that discussion is another one.
 */
const TAKEN = 'taken';
const takenName = (commentId: string, discussion: RecordKey) => `${commentId} ${discussion}`;
const takenComments = statement<{ key: string }>(
  'transfer.takenComments',
  (d) => `SELECT t.key FROM imported_row t WHERE t.kind = '${TAKEN}' AND ${d.inList('t.key')}`,
);
const mark = change(
  'transfer.markTakenComment',
  `INSERT INTO imported_row (kind, key, row_id, digest) VALUES ('${TAKEN}', ?, '', '') ON CONFLICT DO NOTHING`,
  { table: 'imported_row', sets: null, by: ['key'] },
);

/** Remembers that a comment with an import key is one of a discussion of an export. */
export async function markTaken(tx: Transaction, id: string, discussion: RecordKey): Promise<void> {
  await tx.run(mark, [takenName(id, discussion)]);
}

interface Unknown extends ExportedComment {
  readonly record: CommentRecord;
}

/**
 * Finds the comments of an export that are here from a thread document, or from another export of one, and claims the
 * import keys that are taken. The discussions are locked.
 */
export async function matchComments(batch: Batch, prepared: readonly PreparedRecord[]): Promise<void> {
  const unknown = prepared.flatMap(({ record, key, text }): Unknown[] => {
    if (record.type !== 'comment' || !text || batch.rows.get('comment', key)) return [];
    const discussion = batch.rows.get('discussion', record.discussion);
    if (!discussion) return [];
    return [
      {
        ...{ record, discussionId: discussion.rowId, textKey: textKeyOf(text.body) },
        ...{ importKey: record.importKey ?? null, authorName: null },
        createdAt: Date.parse(record.createdAt),
        createdAtIsApproximate: record.createdAtIsApproximate ?? false,
      },
    ];
  });
  if (unknown.length === 0) return;
  const stored = await storedFor(batch, {
    discussionIds: unknown.map(({ discussionId }) => discussionId),
    importKeys: new Set(unknown.flatMap(({ importKey }) => importKey ?? [])),
    textKeys: new Set(unknown.map(({ textKey }) => textKey)),
  });
  if (stored.length === 0) return;
  const named = await withNames(batch, unknown, prepared);
  const taken = await takenBy(batch, named, stored);
  const isFree = ({ record }: Unknown, { id }: { readonly id: string }) =>
    !taken.has(takenName(id, record.discussion));
  const found = matchExported(named, stored, isFree, batch.now.getTime());
  for (const [i, { record }] of named.entries()) {
    const row = found[i];
    if (!row) continue;
    // a revision that no row has: its text is not replaced
    await batch.rows.store(batch.tx, 'comment', record.key, { rowId: row.id, digest: '', revision: 0 });
    await markTaken(batch.tx, row.id, record.discussion);
  }
  for (const { placeId, ownKey } of stored) batch.claim(COMMENT_KEYS, ownKey, placeId);
}

/** What import keys of comments are called in the report. */
export const COMMENT_KEYS = 'comments in thread documents';

/** The comments with the names of their authors, who are in this batch or here. */
async function withNames(
  batch: Batch,
  unknown: readonly Unknown[],
  prepared: readonly PreparedRecord[],
): Promise<Unknown[]> {
  const byKey = new Map<RecordKey, string | null>();
  for (const { record } of prepared) if (record.type === 'author') byKey.set(record.key, record.name ?? null);
  const idOf = ({ author }: CommentRecord) => (author && batch.rows.get('author', author)?.rowId) || null;
  const ids = new Set(unknown.flatMap(({ record }) => idOf(record) ?? []));
  const here = ids.size === 0 ? [] : await batch.tx.all(names, [[...ids]]);
  const byId = new Map(here.map(({ id, name }) => [id, name]));
  return unknown.map((one) => ({
    ...one,
    authorName: byKey.get(one.record.author ?? '') ?? byId.get(idOf(one.record) ?? '') ?? null,
  }));
}

/** The names of comments that discussions of the export are known to have. */
async function takenBy(
  batch: Batch,
  unknown: readonly Unknown[],
  stored: readonly { readonly id: string; readonly discussionId: string }[],
): Promise<Set<string>> {
  const keysOf = new Map<string, Set<RecordKey>>();
  for (const { discussionId, record } of unknown)
    keysOf.set(discussionId, (keysOf.get(discussionId) ?? new Set()).add(record.discussion));
  const wanted = stored.flatMap(({ id, discussionId }) =>
    [...(keysOf.get(discussionId) ?? [])].map((discussion) => takenName(id, discussion)),
  );
  const rows = await batch.tx.all(takenComments, [wanted]);
  return new Set(rows.map(({ key }) => key));
}
