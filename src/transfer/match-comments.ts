// A discussion that an export and a thread document have in common: its comments are not added twice.
import { textKeyOf } from '../forum/comment/index.ts';
import { change, statement } from '../store/index.ts';
import type { Batch, PreparedRecord } from './batch.ts';
import { wasHere } from './imported-rows.ts';
import type { CommentRecord } from './records.ts';

/** A comment of a thread document. */
interface Candidate {
  readonly id: string;
  readonly discussionId: string;
  readonly importKey: string;
  readonly createdAt: number;
  readonly createdAtIsApproximate: number | boolean;
}

/** A comment that was matched stands among the rows, because each is matched once. */
const MATCHED = 'matched';
const TEXT_KEY_CHARS = textKeyOf('').length;
const documentComments = statement<Candidate>(
  'transfer.documentComments',
  (
    d,
  ) => `SELECT t.id, t.discussion_id AS "discussionId", t.import_key AS "importKey", t.created_at AS "createdAt",
      t.created_at_is_approximate AS "createdAtIsApproximate" FROM comment t
    WHERE ${d.inList('t.discussion_id')}
      AND (${d.inList('t.import_key')} OR ${d.inList(`substr(t.import_key, 1, ${TEXT_KEY_CHARS})`)})
      AND NOT EXISTS (SELECT 1 FROM imported_row i WHERE i.kind = '${MATCHED}' AND i.key = t.id)
    ORDER BY t.id`,
);
const markMatched = change(
  'transfer.markMatched',
  `INSERT INTO imported_row (kind, key, row_id, digest) VALUES ('${MATCHED}', ?, '', '') ON CONFLICT DO NOTHING`,
  { table: 'imported_row', sets: null, by: ['key'] },
);

interface Unknown {
  readonly record: CommentRecord;
  readonly discussionId: string;
  readonly textKey: string;
}

/**
 * Finds the comments that a thread document has added to discussions that were here before: by their import key, or by
 * their text, if the times are the same or one of them is approximate.
 */
export async function matchComments(batch: Batch, prepared: readonly PreparedRecord[]): Promise<void> {
  const unknown = prepared.flatMap(({ record, key, text }): Unknown[] => {
    if (record.type !== 'comment' || !text || batch.rows.get('comment', key)) return [];
    const discussion = batch.rows.get('discussion', record.discussion);
    if (!discussion || !wasHere(discussion)) return [];
    return [{ record, discussionId: discussion.rowId, textKey: textKeyOf(text.body) }];
  });
  if (unknown.length === 0) return;
  const candidates = await batch.tx.all(documentComments, [
    [...new Set(unknown.map(({ discussionId }) => discussionId))],
    unknown.flatMap(({ record }) => record.importKey ?? []),
    unknown.map(({ textKey }) => textKey),
  ]);
  const used = new Set<Candidate>();
  for (const one of unknown) {
    const free = candidates.filter((row) => row.discussionId === one.discussionId && !used.has(row));
    const found = bestOf(one, free);
    if (!found) continue;
    used.add(found);
    // a revision that no row has: its text is not replaced
    const row = { rowId: found.id, digest: '', revision: 0 };
    await batch.rows.store(batch.tx, 'comment', one.record.key, row);
    await batch.tx.run(markMatched, [found.id]);
  }
}

function bestOf({ record, textKey }: Unknown, rows: readonly Candidate[]): Candidate | undefined {
  const alike = rows.filter(({ importKey }) => importKey.startsWith(textKey));
  return (
    rows.find(({ importKey }) => importKey === record.importKey) ??
    alike.find(({ createdAt }) => createdAt === Date.parse(record.createdAt)) ??
    alike.find((row) => Boolean(row.createdAtIsApproximate) || record.createdAtIsApproximate)
  );
}
