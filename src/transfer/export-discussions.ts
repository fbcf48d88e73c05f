import type { PinRow } from '../forum/discussion/index.ts';
import { selectList, statement } from '../store/index.ts';
import { exportRevisions, exportVotes, type TextRow, textMembers } from './export-parts.ts';
import { compact, type ExportScope, groupedRows, isoTime, rowsOf, storedJson } from './export-rows.ts';
import { type StatesRow, statesOf } from './export-states.ts';
import { exportThread } from './export-thread.ts';
import type { AnswerRecord, DiscussionRecord, ForumRecord } from './records.ts';

interface DiscussionRow extends TextRow, StatesRow {
  readonly slug: string;
  readonly title: string;
  readonly categoryId: string | null;
  readonly productId: string | null;
  readonly externalId: string | null;
  readonly answerId: string | null;
  readonly answeredAt: number | null;
  readonly answeredById: string | null;
  readonly answerRevision: number | null;
  readonly viewCount: number | null;
}

const COLUMNS = [
  ...['id', 'slug', 'title', 'body', 'authorId', 'categoryId', 'productId', 'createdAt'],
  ...['createdAtIsApproximate', 'lastEditedAt', 'deletedAt', 'deletedById', 'deletionReason', 'revision'],
  ...['externalId', 'importKey', 'importedMetadata', 'importedNetVotes', 'netUpvotes'],
  ...['lockedAt', 'lockReason', 'lockedById', 'closedAt', 'closeReason', 'closedById'],
  ...['answerId', 'answeredAt', 'answeredById', 'answerRevision', 'mergedIntoId', 'mergedAt'],
];

const discussions = (where: string) =>
  statement<DiscussionRow>(
    `transfer.export discussion ${where}`,
    `SELECT ${selectList({ columns: COLUMNS }, 't')}, v.view_count AS "viewCount", c.id AS "mergedCommentId"
      FROM discussion t LEFT JOIN discussion_view_count v ON v.discussion_id = t.id
      LEFT JOIN comment c ON c.id = t.merged_comment_id
      WHERE ${where} t.id > ? ORDER BY t.id LIMIT ?`,
  );
// merged ones come last, when those that they were merged into are known
const ALL = [discussions('t.merged_into_id IS NULL AND'), discussions('t.merged_into_id IS NOT NULL AND')];
/** A merged one is visible as the comment that it has become. */
const VISIBLE = [
  discussions('t.deleted_at IS NULL AND'),
  discussions(`t.merged_into_id IS NOT NULL AND c.discussion_id = t.merged_into_id AND c.deleted_at IS NULL
    AND EXISTS (SELECT 1 FROM discussion o WHERE o.id = t.merged_into_id AND o.deleted_at IS NULL) AND`),
];

const pins = statement<PinRow>(
  'transfer.export pin',
  (d) => `SELECT t.discussion_id AS "discussionId", t.label, t.position, t.created_at AS "createdAt",
    t.expires_at AS "expiresAt", t.pinned_by_id AS "pinnedById" FROM pin t WHERE ${d.inList('t.discussion_id')}`,
);
const tags = statement<{ discussionId: string; tagId: string }>(
  'transfer.export discussion_tag',
  (d) => `SELECT t.discussion_id AS "discussionId", t.tag_id AS "tagId" FROM discussion_tag t
    WHERE ${d.inList('t.discussion_id')} ORDER BY t.discussion_id, t.tag_id`,
);
const addresses = statement<{ discussionId: string; host: string; path: string }>(
  'transfer.export old_address',
  (d) => `SELECT t.discussion_id AS "discussionId", t.host, t.path FROM old_address t
    WHERE ${d.inList('t.discussion_id')} ORDER BY t.discussion_id, t.host, t.path`,
);

/** The discussions, each followed by what belongs to it: earlier texts, votes, comments, the answer. */
export async function* exportDiscussions(scope: ExportScope): AsyncGenerator<ForumRecord> {
  for (const part of scope.seesDeleted ? ALL : VISIBLE) yield* exportPart(scope, part);
}

async function* exportPart(scope: ExportScope, part: (typeof ALL)[number]): AsyncGenerator<ForumRecord> {
  for await (const rows of rowsOf(scope, part)) {
    const ids = rows.map(({ id }) => id);
    const pinOf = await groupedRows(scope, pins, ids, (row) => row.discussionId);
    const tagsOf = await groupedRows(scope, tags, ids, (row) => row.discussionId);
    const addressesOf = await groupedRows(scope, addresses, ids, (row) => row.discussionId);
    for (const row of rows) {
      const { id } = row;
      yield compact<DiscussionRecord>({
        ...{ type: 'discussion', key: id, title: row.title, slug: row.slug },
        ...textMembers(scope, row),
        ...{ category: row.categoryId, product: row.productId, tags: tagsOf(id).map(({ tagId }) => tagId) },
        externalId: row.externalId,
        oldUrls: addressesOf(id).map(({ host, path }) => (host === '' ? path : `https://${host}${path}`)),
        viewCount: scope.isComplete ? row.viewCount : null,
        ...statesOf(scope, row, pinOf(id)[0]),
        metadata: scope.isComplete ? storedJson(row.importedMetadata) : null,
      });
      const showsHistory = scope.isComplete || row.deletedAt === null;
      if (showsHistory && row.revision > 1) yield* exportRevisions(scope, 'discussion', [id]);
      if (scope.isComplete) yield* exportVotes(scope, 'discussion', [id]);
      const comments = yield* exportThread(scope, id);
      if (row.answerId !== null && comments.has(row.answerId)) yield answerOf(row, row.answerId);
    }
  }
}

function answerOf(row: DiscussionRow, comment: string): AnswerRecord {
  return compact<AnswerRecord>({
    ...{ type: 'answer', discussion: row.id, comment, at: isoTime(row.answeredAt) },
    ...{ by: row.answeredById, revision: row.answerRevision },
  });
}
