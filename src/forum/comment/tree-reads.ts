// A discussion's comments at all depths, as one list.
import type { Context } from '../../access/context.ts';
import type { ThreadOrder } from '../../generated/graphql.ts';
import type { Connection } from '../../graphql/connections/connection.ts';
import type { SortOrder } from '../../graphql/connections/cursor.ts';
import { countsOf, type Page, type PageSource, pagesOf, type Scope } from '../../graphql/connections/page.ts';
import { type PageArgs, pageRequest } from '../../graphql/connections/page-args.ts';
import { chain } from '../../graphql/execution/index.ts';
import { inOrderOf, loader, rowsInOrder } from '../../graphql/loader.ts';
import { selectedFor, selecting } from '../../graphql/selected-columns.ts';
import { statement } from '../../store/index.ts';
import { commentOrders } from './comment-orders.ts';
import { type CommentRow, commentSource, primeNamed } from './comment-reads.ts';

/** A comment with its place in its thread: see tree-path.ts. */
interface TreeRow extends CommentRow {
  readonly treePath: string;
}

/** What it is read as. */
export const treeSource: PageSource<TreeRow> = {
  ...(commentSource as PageSource<never>),
  name: 'comment in tree',
  columns: [...commentSource.columns, 'treePath'],
};

const TREE: SortOrder = {
  name: 'TREE',
  column: 'tree_path',
  property: 'treePath',
  ascending: true,
  kind: 'text',
};

/** The order by time needs no path in its rows. */
const LISTS: Record<ThreadOrder, { readonly order: SortOrder; readonly source: PageSource<CommentRow> }> = {
  TREE: { order: TREE, source: treeSource },
  NEWEST: { order: commentOrders.NEWEST, source: commentSource },
  OLDEST: { order: commentOrders.OLDEST, source: commentSource },
};

const OF_DISCUSSION: Scope = { sql: 't.discussion_id = p.value', by: 'discussion_id' };

/** The sort order of a flat list of comments. */
export function threadOrder(name: ThreadOrder): SortOrder {
  return LISTS[name].order;
}

/** A page of all comments of a discussion. One statement reads the pages of several discussions. */
export function pageAllComments(
  ctx: Context,
  discussionId: string,
  args: PageArgs,
  orderBy: ThreadOrder,
): Promise<Page<CommentRow>> {
  const { order, source } = LISTS[orderBy];
  const request = pageRequest(args, order);
  return loader<Page<CommentRow>>(ctx, `comment.allOf ${request.key}`, ({ db }, discussionIds) =>
    chain(pagesOf(db, selectedFor(ctx, source), request, OF_DISCUSSION, discussionIds), (pages) => {
      primeNamed(ctx, pages);
      return pages;
    }),
  ).load(discussionId);
}

/** A page with the number of all comments of the discussion. */
export function counted(ctx: Context, discussionId: string, page: Page<CommentRow>): Connection<CommentRow> {
  const counts = loader<number>(ctx, 'comment.countsOf discussion', ({ db }, ids) =>
    countsOf(db, commentSource, OF_DISCUSSION, ids),
  );
  return { ...page, totalCount: () => counts.load(discussionId) };
}

const treeRows = selecting<TreeRow>(
  (columns, d) => `SELECT ${columns} FROM ${d.foundBy('comment', 'id')} AND ${treeSource.listed}`,
  { table: 'comment', by: ['id'] },
);

/** A comment with its place in the thread; null if it is in no list. */
export function loadTreeRow(ctx: Context, id: string): Promise<TreeRow | null> {
  return loader<TreeRow | null>(ctx, 'comment.treeRow', ({ db }, ids) =>
    rowsInOrder(ids, db.read.all(treeRows(selectedFor(ctx, treeSource)), [ids]), (row) => row.id),
  ).load(id);
}

/** Counts from one requested comment to the next, so the comments of a thread are counted once, however many are requested. */
const positions = statement<{ commentId: string; position: number }>(
  'comment.positions',
  (d) => `WITH requested AS (
      SELECT c.id, c.discussion_id, c.tree_path,
        lag(c.tree_path, 1, '') OVER (PARTITION BY c.discussion_id ORDER BY c.tree_path, c.id) AS previous_path
      FROM ${d.eachOf('p')} CROSS JOIN comment c WHERE c.id = p.value
    ), stretches AS (
      SELECT r.id, r.discussion_id, r.tree_path,
        (SELECT count(*) FROM comment t WHERE t.discussion_id = r.discussion_id AND t.tree_path > r.previous_path
          AND t.tree_path <= r.tree_path AND ${d.inList('t.discussion_id')} AND ${commentSource.listed}) AS length
      FROM requested r
    )
    SELECT s.id AS "commentId",
      CAST(sum(s.length) OVER (PARTITION BY s.discussion_id ORDER BY s.tree_path, s.id) AS INTEGER) AS "position"
    FROM stretches s`,
  { table: 'comment', by: ['id'] },
  {
    table: 'comment',
    by: [null, 'discussion_id'],
    columns: ['tree_path', 'deleted_at', 'reply_count'],
  },
);

/** A comment's place in its thread in the order of the tree, from 1. */
export function loadPosition(ctx: Context, { id, discussionId }: CommentRow): Promise<number> {
  return loader<number>(ctx, 'comment.position', ({ db }, keys) => {
    const ids = keys.map((key) => key.split(' ')[0] ?? '');
    const discussionIds = [...new Set(keys.map((key) => key.split(' ')[1] ?? ''))];
    return chain(db.read.all(positions, [ids, discussionIds]), (rows) =>
      inOrderOf(ids, rows, (row) => row.commentId).map((row) => row?.position ?? 0),
    );
  }).load(`${id} ${discussionId}`);
}
