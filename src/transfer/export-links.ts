// What leads from one discussion to another: it comes last, when all of them are known.
import { type Statement, statement } from '../store/index.ts';
import { compact, type ExportScope, ifTrue, isoTime, rowsOf } from './export-rows.ts';
import type { DuplicateRecord, LinkRecord, SplitRecord } from './records.ts';

interface LinkRow {
  readonly id: string;
  readonly discussionId: string;
  readonly targetId: string | null;
  readonly title: string;
  readonly url: string;
  readonly position: number;
  readonly source: 'IMPORTED' | 'CURATED';
  readonly addedById: string | null;
  readonly createdAt: number | null;
  readonly createdAtIsApproximate: number | boolean;
  readonly importedCommentCount: number;
}

const NOT_DELETED = 'deleted_at IS NULL';
/** Moderators see all discussions. */
const ANY = 'id IS NOT NULL';

const links = (name: string, visible: string, title: string, shown: string): Statement<LinkRow> =>
  statement(
    `transfer.export ${name}`,
    `SELECT t.id, t.discussion_id AS "discussionId", o.id AS "targetId", ${title} AS title, t.url, t.position, t.source,
      t.added_by_id AS "addedById", t.created_at AS "createdAt",
      t.created_at_is_approximate AS "createdAtIsApproximate", t.imported_comment_count AS "importedCommentCount"
      FROM related_link t JOIN discussion d ON d.id = t.discussion_id AND d.${visible}
      LEFT JOIN discussion o ON o.id = t.target_id AND o.${visible}
      WHERE ${shown} AND t.id > ? ORDER BY t.id LIMIT ?`,
  );
/** Guests see the title of the discussion that a link leads to, and no link to one that is deleted. */
const LINKS = {
  all: links('links', ANY, 't.title', 't.id IS NOT NULL'),
  visible: links(
    'visible links',
    NOT_DELETED,
    'coalesce(o.title, t.title)',
    '(t.target_id IS NULL OR o.id IS NOT NULL)',
  ),
};

interface Pair {
  readonly id: string;
  readonly ofId: string;
}
const duplicates = (name: string, visible: string): Statement<Pair> =>
  statement(
    `transfer.export ${name}`,
    `SELECT t.id, o.id AS "ofId" FROM discussion t JOIN discussion o ON o.id = t.duplicate_of_id
      WHERE t.duplicate_of_id IS NOT NULL AND t.${visible} AND o.${visible}
      AND t.id > ? ORDER BY t.id LIMIT ?`,
  );
const DUPLICATES = {
  all: duplicates('duplicates', ANY),
  visible: duplicates('visible duplicates', NOT_DELETED),
};
/** Guests see the discussion that the other one was merged into. */
const splits = (name: string, visible: string, from: string): Statement<Pair> =>
  statement(
    `transfer.export ${name}`,
    `SELECT t.id, i.id AS "ofId" FROM discussion t JOIN discussion o ON o.id = t.split_from_id
      JOIN discussion i ON i.id = ${from} AND i.${visible}
      WHERE t.split_from_id IS NOT NULL AND t.${visible} AND t.id > ? ORDER BY t.id LIMIT ?`,
  );
const SPLITS = {
  all: splits('splits', ANY, 'o.id'),
  visible: splits('visible splits', NOT_DELETED, 'coalesce(o.merged_into_id, o.id)'),
};

export async function* exportLinks(
  scope: ExportScope,
): AsyncGenerator<DuplicateRecord | SplitRecord | LinkRecord> {
  const which = scope.seesDeleted ? 'all' : 'visible';
  for await (const rows of rowsOf(scope, DUPLICATES[which]))
    for (const { id, ofId } of rows) yield { type: 'duplicate', discussion: id, of: ofId };
  for await (const rows of rowsOf(scope, SPLITS[which]))
    for (const { id, ofId } of rows) yield { type: 'split', discussion: id, from: ofId };
  for await (const rows of rowsOf(scope, LINKS[which]))
    for (const row of rows)
      yield compact<LinkRecord>({
        ...{ type: 'link', key: row.id, discussion: row.discussionId, target: row.targetId },
        ...{ title: row.title, url: row.url, position: row.position || undefined },
        isCurated: row.source === 'CURATED' ? true : undefined,
        addedBy: scope.isComplete ? row.addedById : null,
        createdAt: isoTime(row.createdAt),
        createdAtIsApproximate: ifTrue(row.createdAtIsApproximate),
        commentCount: row.importedCommentCount || undefined,
      });
}
