import { selectList, statement } from '../store/index.ts';
import { exportRevisions, exportVotes, type TextRow, textMembers } from './export-parts.ts';
import { compact, type ExportScope, ifTrue, storedJson } from './export-rows.ts';
import type { CommentRecord, ForumRecord } from './records.ts';

interface CommentRow extends TextRow {
  readonly replyToId: string | null;
  readonly isOfficial: number | boolean;
  readonly isVerifiedUser: number | boolean;
}

const COLUMNS = [
  ...[
    'id',
    'replyToId',
    'body',
    'authorId',
    'createdAt',
    'createdAtIsApproximate',
    'lastEditedAt',
    'deletedAt',
  ],
  ...['deletedById', 'deletionReason', 'revision', 'importKey', 'importedMetadata', 'importedNetVotes'],
  ...['netUpvotes', 'isOfficial', 'isVerifiedUser'],
];

const idsOf = (name: string, where: string) =>
  statement<{ id: string }>(
    `transfer.export ${name}`,
    `SELECT t.id FROM comment t WHERE t.discussion_id = ? ${where} ORDER BY t.depth, t.id`,
  );
const ALL = idsOf('comment ids', '');
/** Those that are in the thread: a deleted one without visible replies is not. */
const LISTED = idsOf('listed comment ids', 'AND (t.deleted_at IS NULL OR t.reply_count > 0)');

const comments = statement<CommentRow>(
  'transfer.export comments',
  (d) => `SELECT ${selectList({ columns: COLUMNS }, 't')} FROM comment t WHERE ${d.inList('t.id')}`,
);

/** Comments in memory. Their ids are read before: those of a discussion with 100,000 comments take 8 MB. */
const PAGE = 200;

/** A discussion's comments, a comment after the one that it replies to. Returns the ids of those that are not deleted. */
export async function* exportThread(
  scope: ExportScope,
  discussionId: string,
): AsyncGenerator<ForumRecord, ReadonlySet<string>> {
  const { snapshot } = scope;
  const ids = (await snapshot.all(scope.seesDeleted ? ALL : LISTED, [discussionId])).map(({ id }) => id);
  const answers = new Set<string>();
  for (let from = 0; from < ids.length; from += PAGE) {
    const page = ids.slice(from, from + PAGE);
    const rows = new Map((await snapshot.all(comments, [page])).map((row) => [row.id, row]));
    for (const id of page) {
      const row = rows.get(id);
      if (!row) continue;
      if (scope.isComplete || row.deletedAt === null) answers.add(id);
      yield recordOf(scope, discussionId, row);
    }
    const shown = page.filter((id) => {
      const row = rows.get(id);
      return row && row.revision > 1 && (scope.isComplete || row.deletedAt === null);
    });
    yield* exportRevisions(scope, 'comment', shown);
    if (scope.isComplete) yield* exportVotes(scope, 'comment', page);
  }
  return answers;
}

function recordOf(scope: ExportScope, discussion: string, row: CommentRow): CommentRecord {
  const isVeiled = row.deletedAt !== null && !scope.seesDeleted;
  return compact<CommentRecord>({
    ...{ type: 'comment', key: row.id, discussion, replyTo: row.replyToId },
    ...textMembers(scope, row),
    isOfficial: isVeiled ? undefined : ifTrue(row.isOfficial),
    isVerifiedUser: isVeiled ? undefined : ifTrue(row.isVerifiedUser),
    metadata: scope.isComplete ? storedJson(row.importedMetadata) : null,
  });
}
