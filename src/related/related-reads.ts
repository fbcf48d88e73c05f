import type { Context } from '../kit/context.ts';
import { type Dialect, statement } from '../kit/db/index.ts';
import { loader, rowsByKey } from '../kit/loader.ts';

export interface RelatedLinkRow {
  readonly discussionId: string;
  readonly title: string;
  readonly url: string;
  readonly createdAt: number | null;
  readonly importedCommentCount: number;
  readonly targetId: string | null;
}

const COLUMNS = `t.discussion_id AS "discussionId", t.title, t.url, t.created_at AS "createdAt",
  t.imported_comment_count AS "importedCommentCount", t.target_id AS "targetId"`;

const FIRST_OF_PARENT =
  'FROM related_link t WHERE t.discussion_id = p.value ORDER BY t.position, t.id LIMIT ?';

const firstOf = statement<RelatedLinkRow>('related.firstOf', (d: Dialect) => {
  const joined =
    d.engine === 'sqlite'
      ? `CROSS JOIN related_link t ON t.rowid IN (SELECT t.rowid ${FIRST_OF_PARENT})`
      : `CROSS JOIN LATERAL (SELECT t.* ${FIRST_OF_PARENT}) t`;
  return `SELECT ${COLUMNS} FROM ${d.eachOf('p')} ${joined} ORDER BY p.ordinal, t.position, t.id`;
});

const firstOfOne = statement<RelatedLinkRow>(
  'related.firstOfOne',
  `SELECT ${COLUMNS} ${FIRST_OF_PARENT.replace('p.value', '?')}`,
);

/** The first links of a discussion, in their order; those of many discussions are read together. */
export function loadRelatedLinks(
  ctx: Context,
  discussionId: string,
  first: number,
): Promise<RelatedLinkRow[]> {
  return loader<RelatedLinkRow[]>(ctx, `related.first ${first}`, ({ db }, ids) =>
    rowsByKey(
      ids,
      db.read.all(ids.length === 1 ? firstOfOne : firstOf, [ids.length === 1 ? (ids[0] ?? '') : ids, first]),
      (row) => row.discussionId,
    ),
  ).load(discussionId);
}
