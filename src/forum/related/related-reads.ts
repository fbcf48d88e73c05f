import type { Context } from '../../access/context.ts';
import { loader, rowsByKey } from '../../graphql/loader.ts';
import { type Dialect, statement } from '../../store/index.ts';
import { slugInUrl } from '../discussion/index.ts';

/** A link. If it leads to a visible discussion, it has the discussion's title, time and count. */
export interface RelatedLinkRow {
  readonly discussionId: string;
  readonly title: string;
  readonly url: string;
  readonly createdAt: number | null;
  readonly commentCount: number;
  readonly targetId: string | null;
  /** The visible discussion that it leads to. Null if it is external, or its discussion is deleted. */
  readonly shownId: string | null;
  readonly shownSlug: string | null;
}

/**
 * Whether a link has a visible target. A link whose URL is a discussion of this forum is hidden while that is deleted,
 * because its title and URL are the discussion's.
 */
export function isVisibleLink(
  ctx: Pick<Context, 'pages'>,
  { targetId, shownId, url }: Pick<RelatedLinkRow, 'targetId' | 'shownId' | 'url'>,
): boolean {
  return targetId === null || shownId !== null || slugInUrl(ctx, url) === null;
}

const COLUMNS = `t.discussion_id AS "discussionId", coalesce(d.title, t.title) AS title, t.url,
  coalesce(d.created_at, t.created_at) AS "createdAt",
  coalesce(d.comment_count, t.imported_comment_count) AS "commentCount", t.target_id AS "targetId",
  d.id AS "shownId", d.slug AS "shownSlug"`;

const SHOWN = 'LEFT JOIN discussion d ON d.id = t.target_id AND d.deleted_at IS NULL';

const first = (parent: string) => `WHERE t.discussion_id = ${parent} ORDER BY t.position, t.id LIMIT ?`;

const READS = [
  { table: 'related_link', by: ['discussion_id'] },
  { table: 'discussion', id: 'targetId' },
];

const firstOf = statement<RelatedLinkRow>(
  'related.firstOf',
  (d: Dialect) => {
    const joined =
      d.engine === 'sqlite'
        ? `CROSS JOIN related_link t ON t.rowid IN (SELECT t.rowid FROM related_link t ${first('p.value')})`
        : `CROSS JOIN LATERAL (SELECT t.* FROM related_link t ${first('p.value')}) t`;
    return `SELECT ${COLUMNS} FROM ${d.eachOf('p')} ${joined} ${SHOWN} ORDER BY p.ordinal, t.position, t.id`;
  },
  ...READS,
);

const firstOfOne = statement<RelatedLinkRow>(
  'related.firstOfOne',
  `SELECT ${COLUMNS} FROM related_link t ${SHOWN} ${first('?')}`,
  ...READS,
);

/** A discussion's first links, in their order. One statement reads those of many discussions. */
export function loadRelatedLinks(
  ctx: Context,
  discussionId: string,
  size: number,
): Promise<RelatedLinkRow[]> {
  return loader<RelatedLinkRow[]>(ctx, `related.first ${size}`, ({ db }, ids) =>
    rowsByKey(
      ids,
      db.read.all(ids.length === 1 ? firstOfOne : firstOf, [ids.length === 1 ? (ids[0] ?? '') : ids, size]),
      (row) => row.discussionId,
    ),
  ).load(discussionId);
}
