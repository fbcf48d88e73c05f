// What leads from one discussion to another: it comes last, when all of them are known.
import { isVisibleLink } from '../forum/related/index.ts';
import { type Statement, statement } from '../store/index.ts';
import { compact, type ExportScope, ifTrue, isoTime, rowsOf } from './export-rows.ts';
import type { DuplicateRecord, LinkRecord, SplitRecord } from './records.ts';

interface LinkRow {
  readonly id: string;
  readonly discussionId: string;
  /** The discussion that it leads to, visible or not. */
  readonly targetId: string | null;
  readonly shownId: string | null;
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

const links = (name: string, visible: string, title: string): Statement<LinkRow> =>
  statement(
    `transfer.export ${name}`,
    `SELECT t.id, t.discussion_id AS "discussionId", t.target_id AS "targetId", o.id AS "shownId", ${title} AS title, t.url,
      t.position, t.source, t.added_by_id AS "addedById", t.created_at AS "createdAt",
      t.created_at_is_approximate AS "createdAtIsApproximate", t.imported_comment_count AS "importedCommentCount"
      FROM related_link t JOIN discussion d ON d.id = t.discussion_id AND d.${visible}
      LEFT JOIN discussion o ON o.id = t.target_id AND o.${visible}
      WHERE t.id > ? ORDER BY t.id LIMIT ?`,
  );
/** Guests see the title of the visible discussion that a link leads to. */
const LINKS = {
  all: links('links', ANY, 't.title'),
  visible: links('visible links', NOT_DELETED, 'coalesce(o.title, t.title)'),
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
    for (const row of rows) {
      // as on pages, a link to another site stays while the discussion that it leads to is deleted
      if (!scope.seesDeleted && !isVisibleLink(scope, row)) continue;
      yield compact<LinkRecord>({
        ...{ type: 'link', key: row.id, discussion: row.discussionId, target: row.shownId },
        ...{ title: row.title, url: row.url, position: row.position || undefined },
        isCurated: row.source === 'CURATED' ? true : undefined,
        addedBy: scope.isComplete ? row.addedById : null,
        createdAt: isoTime(row.createdAt),
        createdAtIsApproximate: ifTrue(row.createdAtIsApproximate),
        commentCount: row.importedCommentCount || undefined,
      });
    }
}
