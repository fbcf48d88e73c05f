// The comments of thread documents that are here: where a document has put them, moved, or questions of discussions now.
import { importedInto, type StoredComment, textKeyOf } from '../forum/comment/index.ts';
import { MOVED_KEY } from '../forum/discussion/index.ts';
import { statement } from '../store/index.ts';
import type { Batch } from './batch.ts';

/** A comment that has an import key, or a discussion that was made of one. */
interface Keyed {
  /** For a discussion that was made of a comment and merged since, the comment that it has become; otherwise its own. */
  readonly id: string;
  readonly discussionId: string;
  readonly importKey: string;
  readonly authorName: string | null;
  readonly createdAt: number;
  readonly createdAtIsApproximate: number | boolean;
}

const TEXT_KEY_CHARS = textKeyOf('').length;
const SOURCE = `t.import_key AS "importKey", a.name AS "authorName", t.created_at AS "createdAt",
    t.created_at_is_approximate AS "createdAtIsApproximate"`;
const IS_MOVED = `substr(t.import_key, 1, ${MOVED_KEY.length}) = '${MOVED_KEY}'`;

const comments = statement<Keyed>(
  'transfer.documentComments',
  (d) => `SELECT t.id, t.discussion_id AS "discussionId", ${SOURCE}
    FROM comment t LEFT JOIN author a ON a.id = t.author_id
    WHERE ${d.inList('t.discussion_id')} AND t.import_key IS NOT NULL AND (${d.inList('t.import_key')}
      OR ${d.inList(`substr(t.import_key, 1, ${TEXT_KEY_CHARS})`)} OR ${IS_MOVED})
    ORDER BY t.id`,
);
const questions = statement<Keyed>(
  'transfer.documentQuestions',
  (d) => `SELECT coalesce(t.merged_comment_id, t.id) AS id, t.id AS "discussionId", ${SOURCE}
    FROM discussion t LEFT JOIN author a ON a.id = t.author_id
    WHERE ${d.inList('t.id')} AND ${IS_MOVED} ORDER BY t.id`,
);

/** What comments of an export may be: their discussions, and what they are found by. */
interface Wanted {
  readonly discussionIds: readonly string[];
  readonly importKeys: ReadonlySet<string>;
  readonly textKeys: ReadonlySet<string>;
}

/**
 * The stored comments that may be some of an export. Those that were moved stand in the thread that they come from, where
 * the other forum has them; so do those that were made discussions.
 */
export async function storedFor(
  batch: Batch,
  { discussionIds, importKeys, textKeys }: Wanted,
): Promise<StoredComment[]> {
  const threads = [...batch.threadsOf(discussionIds)];
  const rows = [
    ...(await batch.tx.all(comments, [threads, [...importKeys], [...textKeys]])),
    ...(await batch.tx.all(questions, [threads])),
  ];
  return rows.flatMap((row): StoredComment[] => {
    const { discussionId, importKey } = importedInto(row);
    const textKey = importKey.slice(0, TEXT_KEY_CHARS);
    if (![importKey, row.importKey].some((key) => importKeys.has(key)) && !textKeys.has(textKey)) return [];
    const createdAtIsApproximate = Boolean(row.createdAtIsApproximate);
    const places = { discussionId, importKey, ownKey: row.importKey, placeId: row.discussionId };
    return [{ ...row, ...places, textKey, createdAtIsApproximate }];
  });
}
