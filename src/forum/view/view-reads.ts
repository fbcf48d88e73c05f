import type { Context } from '../../access/context.ts';
import { chain, type MaybePromise } from '../../graphql/execution/index.ts';
import { loader } from '../../graphql/loader.ts';
import { statement } from '../../store/index.ts';

/** How old a view count in a cached answer may be. */
export const VIEW_COUNT_AGE_MS_MAX = 60_000;

const countsOf = statement<{ discussionId: string; viewCount: number }>(
  'view.countsOf',
  (d) =>
    `SELECT discussion_id AS "discussionId", view_count AS "viewCount" FROM discussion_view_count WHERE ${d.inList('discussion_id')}`,
  { table: 'discussion_view_count', staleMs: VIEW_COUNT_AGE_MS_MAX },
);

/** How often a discussion was viewed. Null if views are not counted. */
export function loadViewCount(ctx: Context, discussionId: string): MaybePromise<number | null> {
  if (ctx.viewCounter === null) return null;
  return loader<number>(ctx, 'view.countsOf', ({ db }, ids) =>
    chain(db.read.all(countsOf, [ids]), (rows) => {
      const counts = new Map(rows.map((row) => [row.discussionId, row.viewCount]));
      return ids.map((id) => counts.get(id) ?? 0);
    }),
  ).load(discussionId);
}
