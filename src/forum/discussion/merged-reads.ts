// Merged discussions. A look-up by a name finds the discussion that one was merged into; `node` finds the merged one.
import type { Context } from '../../access/context.ts';
import type { Connection } from '../../graphql/connections/connection.ts';
import { countsOf, type Page, type PageSource, pagesOf } from '../../graphql/connections/page.ts';
import { type PageArgs, pageRequest } from '../../graphql/connections/page-args.ts';
import { chain, type MaybePromise } from '../../graphql/execution/index.ts';
import { loader, rowsInOrder } from '../../graphql/loader.ts';
import { selectedFor, selecting } from '../../graphql/selected-columns.ts';
import { statement } from '../../store/index.ts';
import { discussionOrders } from './discussion-pages.ts';
import { type DiscussionRow, discussionSource, loadDiscussion } from './discussion-reads.ts';

/** The columns by which a merged discussion is looked up. */
type Name = 'id' | 'slug' | 'externalId';

interface Redirect {
  readonly id: string;
  readonly slug: string;
  readonly externalId: string | null;
  readonly mergedIntoId: string;
}

const redirectsBy = (column: string) =>
  statement<Redirect>(
    `discussion.redirectBy ${column}`,
    (d) => `SELECT t.id, t.slug, t.external_id AS "externalId", t.merged_into_id AS "mergedIntoId"
      FROM ${d.foundBy('discussion', column)} AND t.merged_into_id IS NOT NULL`,
    { table: 'discussion', by: [column], columns: ['merged_into_id'] },
  );
const REDIRECTS = {
  id: redirectsBy('id'),
  slug: redirectsBy('slug'),
  externalId: redirectsBy('external_id'),
} as const;

/** The discussion that the one with this name was merged into. Null if there is none that the viewer may see. */
export function loadMergedInto(ctx: Context, name: Name, value: string): MaybePromise<DiscussionRow | null> {
  const redirect = loader<Redirect | null>(ctx, `discussion.redirectBy ${name}`, ({ db }, values) =>
    rowsInOrder(values, db.read.all(REDIRECTS[name], [values]), (row) => row[name] ?? ''),
  ).load(value);
  return chain(redirect, (found) => (found ? loadDiscussion(ctx, found.mergedIntoId) : null));
}

/** The discussion with this row id, or the one that it was merged into. Null if there is none that the viewer may see. */
export async function loadDiscussionOrMergedInto(ctx: Context, id: string): Promise<DiscussionRow | null> {
  return (await loadDiscussion(ctx, id)) ?? loadMergedInto(ctx, 'id', id);
}

/** Merged discussions whose text can be seen as a comment. */
const mergedSource: PageSource<DiscussionRow> = {
  ...discussionSource,
  name: 'merged discussion',
  listed: `t.merged_into_id IS NOT NULL
    AND EXISTS (SELECT 1 FROM comment c WHERE c.id = t.merged_comment_id AND c.discussion_id = t.merged_into_id
      AND c.deleted_at IS NULL)`,
  listedBy: {
    columns: ['merged_into_id', 'merged_comment_id'],
    reads: [{ table: 'comment', columns: ['deleted_at', 'discussion_id'] }],
  },
};

const mergedByIds = selecting<DiscussionRow>(
  (columns, d) => `SELECT ${columns} FROM ${d.foundBy('discussion', 'id')} AND ${mergedSource.listed}
    AND EXISTS (SELECT 1 FROM discussion d WHERE d.id = t.merged_into_id AND d.deleted_at IS NULL)`,
  { table: 'discussion', by: ['id'] },
  { table: 'discussion', columns: ['deleted_at'] },
  { table: 'comment', columns: ['deleted_at', 'discussion_id'] },
);

/** The discussion with this row id, merged or not. Null if there is none that the viewer may see. */
export async function loadDiscussionOrMerged(ctx: Context, id: string): Promise<DiscussionRow | null> {
  return (await loadDiscussion(ctx, id)) ?? loadMerged(ctx, id);
}

/** The merged discussion with this row id. Null if there is none that the viewer may see. */
function loadMerged(ctx: Context, id: string): Promise<DiscussionRow | null> {
  return loader<DiscussionRow | null>(ctx, 'discussion.merged', ({ db }, ids) =>
    rowsInOrder(ids, db.read.all(mergedByIds(selectedFor(ctx, mergedSource)), [ids]), (row) => row.id),
  ).load(id);
}

const MERGED = { sql: 't.merged_into_id = p.value', by: 'merged_into_id' } as const;

/** A page of the discussions that were merged into this one, newest first. One statement reads many pages. */
export async function pageMergedInto(
  ctx: Context,
  id: string,
  args: PageArgs,
): Promise<Connection<DiscussionRow>> {
  const request = pageRequest(args, discussionOrders.NEWEST);
  const page = await loader<Page<DiscussionRow>>(
    ctx,
    `discussion.mergedPages ${request.key}`,
    ({ db }, ids) => pagesOf(db, selectedFor(ctx, mergedSource), request, MERGED, ids),
  ).load(id);
  const counts = loader<number>(ctx, 'discussion.mergedCounts', ({ db }, ids) =>
    countsOf(db, mergedSource, MERGED, ids),
  );
  return { ...page, totalCount: () => counts.load(id) };
}
