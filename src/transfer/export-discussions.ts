import { selectList, statement } from '../store/index.ts';
import { exportRevisions, exportVotes, type TextRow, textMembers } from './export-parts.ts';
import { compact, type ExportScope, groupedRows, isoTime, rowsOf, storedJson } from './export-rows.ts';
import { exportThread } from './export-thread.ts';
import type { AnswerRecord, DiscussionRecord, ForumRecord } from './records.ts';

interface DiscussionRow extends TextRow {
  readonly slug: string;
  readonly title: string;
  readonly categoryId: string | null;
  readonly productId: string | null;
  readonly externalId: string | null;
  readonly lockedAt: number | null;
  readonly lockReason: NonNullable<DiscussionRecord['lock']>['reason'];
  readonly lockedById: string | null;
  readonly closedAt: number | null;
  readonly closeReason: NonNullable<DiscussionRecord['close']>['reason'];
  readonly closedById: string | null;
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
  ...['answerId', 'answeredAt', 'answeredById', 'answerRevision'],
];

const discussions = (where: string) =>
  statement<DiscussionRow>(
    `transfer.export discussion ${where}`,
    `SELECT ${selectList({ columns: COLUMNS }, 't')}, v.view_count AS "viewCount"
      FROM discussion t LEFT JOIN discussion_view_count v ON v.discussion_id = t.id
      WHERE ${where} t.id > ? ORDER BY t.id LIMIT ?`,
  );
// the text of a merged discussion is in the one that it was merged into
const ALL = discussions('t.merged_into_id IS NULL AND');
const VISIBLE = discussions('t.deleted_at IS NULL AND');

interface PinRow {
  readonly discussionId: string;
  readonly label: string | null;
  readonly position: number;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly pinnedById: string | null;
}

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
  for await (const rows of rowsOf(scope, scope.seesDeleted ? ALL : VISIBLE)) {
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

type States = Pick<DiscussionRecord, 'pin' | 'lock' | 'close'>;

function statesOf(scope: ExportScope, row: DiscussionRow, pin: PinRow | undefined): States {
  const act = (at: number, by: string | null) => ({ at: isoTime(at), by });
  const isPinned =
    pin && (scope.seesDeleted || pin.expiresAt === null || pin.expiresAt > scope.nowMs) ? pin : null;
  return compact<States>({
    pin:
      isPinned &&
      compact<NonNullable<States['pin']>>({
        ...act(isPinned.createdAt, isPinned.pinnedById),
        ...{
          label: isPinned.label,
          position: isPinned.position || null,
          expiresAt: isoTime(isPinned.expiresAt),
        },
      }),
    lock:
      row.lockedAt === null
        ? null
        : compact<NonNullable<States['lock']>>({
            ...act(row.lockedAt, row.lockedById),
            reason: row.lockReason,
          }),
    close:
      row.closedAt === null
        ? null
        : compact<NonNullable<States['close']>>({
            ...act(row.closedAt, row.closedById),
            reason: row.closeReason,
          }),
  });
}

function answerOf(row: DiscussionRow, comment: string): AnswerRecord {
  return compact<AnswerRecord>({
    ...{ type: 'answer', discussion: row.id, comment, at: isoTime(row.answeredAt) },
    ...{ by: row.answeredById, revision: row.answerRevision },
  });
}
