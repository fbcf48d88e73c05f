// The deleted discussions and comments that a viewer may restore. The conditions are those of `mayRestoreDiscussion` and
// `mayRestoreComment`, in SQL: test/api/trash compares them.
import type { Context } from '../../access/context.ts';
import { isModeratorOfAll, mayWrite, type Viewer } from '../../access/viewer.ts';
import type { Connection } from '../../graphql/connections/connection.ts';
import type { SortOrder } from '../../graphql/connections/cursor.ts';
import {
  type Condition,
  countOf,
  emptyPage,
  type PageSource,
  pageOf,
} from '../../graphql/connections/page.ts';
import { type PageArgs, pageRequest } from '../../graphql/connections/page-args.ts';
import { selectedFor } from '../../graphql/selected-columns.ts';
import type { Reads } from '../../store/index.ts';
import {
  type DeletedCommentRow,
  type DeletedDiscussionRow,
  deletedComments,
  deletedDiscussions,
} from './trash-rows.ts';

/** Indexes discussion(deleted_at, id) and (author_id, deleted_at, id), of deleted rows alone; comment has the same. */
const LAST_DELETED_FIRST: SortOrder = {
  ...{ name: 'DELETED', column: 'deleted_at', property: 'deletedAt', ascending: false, kind: 'time' },
};

/** The parts of the conditions for a table, each with what it decides by. */
interface Restorable {
  /** That a moderator of some categories may restore a row: `?` is the moderator. */
  readonly moderated: Omit<Condition, 'params'>;
  /** That its author may, once it is known that they deleted it. */
  readonly unlocked: Omit<Condition, 'params'>;
}

const COVERED = 'SELECT mc.category_id FROM moderated_category mc WHERE mc.author_id = ?';
const OF_COVERED: Reads = { table: 'moderated_category', by: ['author_id'], columns: ['category_id'] };

const DISCUSSIONS: Restorable = {
  moderated: { sql: `t.category_id IN (${COVERED})`, columns: ['category_id'], reads: [OF_COVERED] },
  unlocked: { sql: 't.locked_at IS NULL', columns: ['locked_at'] },
};

const COMMENTS: Restorable = {
  moderated: {
    sql: `EXISTS (SELECT 1 FROM discussion place WHERE place.id = t.discussion_id AND place.category_id IN (${COVERED}))`,
    columns: ['discussion_id'],
    reads: [OF_COVERED, { table: 'discussion', columns: ['category_id'] }],
  },
  unlocked: {
    sql: 'EXISTS (SELECT 1 FROM discussion unlocked WHERE unlocked.id = t.discussion_id AND unlocked.locked_at IS NULL)',
    columns: ['discussion_id'],
    reads: [{ table: 'discussion', columns: ['locked_at'] }],
  },
};

/** Null: none. */
function conditionsOf(viewer: Viewer, { moderated, unlocked }: Restorable): Condition[] | null {
  if (!mayWrite(viewer).isAllowed) return null;
  if (isModeratorOfAll(viewer)) return [];
  const { id } = viewer;
  const own = {
    sql: `t.author_id = ? AND t.deleted_by_id = ? AND ${unlocked.sql}`,
    columns: ['author_id', 'deleted_by_id', ...(unlocked.columns ?? [])],
    reads: unlocked.reads ?? [],
  };
  if (viewer.role !== 'MODERATOR') return [{ ...own, params: [id, id], by: 'author_id' }];
  return [
    {
      sql: `(${moderated.sql} OR (${own.sql}))`,
      params: [id, id, id],
      columns: [...(moderated.columns ?? []), ...own.columns],
      reads: [...(moderated.reads ?? []), ...own.reads],
    },
  ];
}

async function page<Row extends { readonly id: string }>(
  ctx: Context,
  source: PageSource<Row>,
  args: PageArgs,
  conditions: readonly Condition[] | null,
): Promise<Connection<Row>> {
  const request = pageRequest(args, LAST_DELETED_FIRST);
  if (conditions === null) return { ...emptyPage<Row>(request), totalCount: () => 0 };
  const found = await pageOf(ctx.db, selectedFor(ctx, source), request, conditions);
  return { ...found, totalCount: () => countOf(ctx.db, source, conditions) };
}

/** A page of the deleted discussions that the viewer may restore. */
export function pageDeletedDiscussions(
  ctx: Context,
  viewer: Viewer,
  args: PageArgs,
): Promise<Connection<DeletedDiscussionRow>> {
  return page(ctx, deletedDiscussions, args, conditionsOf(viewer, DISCUSSIONS));
}

/** A page of the deleted comments that the viewer may restore. */
export function pageDeletedComments(
  ctx: Context,
  viewer: Viewer,
  args: PageArgs,
): Promise<Connection<DeletedCommentRow>> {
  return page(ctx, deletedComments, args, conditionsOf(viewer, COMMENTS));
}
