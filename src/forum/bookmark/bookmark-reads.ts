import type { Context } from '../../access/context.ts';
import { notFound } from '../../access/errors.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { Connection } from '../../graphql/connections/connection.ts';
import type { SortOrder } from '../../graphql/connections/cursor.ts';
import { countOf, type PageSource, pageOf } from '../../graphql/connections/page.ts';
import { type PageArgs, pageRequest } from '../../graphql/connections/page-args.ts';
import { chain, type MaybePromise } from '../../graphql/execution/index.ts';
import { loader, rowsInOrder } from '../../graphql/loader.ts';
import { selectList, statement } from '../../store/index.ts';
import { type DiscussionRow, loadDiscussion } from '../discussion/index.ts';

export interface BookmarkRow {
  readonly id: string;
  readonly discussionId: string;
  readonly createdAt: number;
}

/** Bookmarks of discussions that are not deleted. */
const bookmarks: PageSource<BookmarkRow> = {
  name: 'bookmark',
  table: 'bookmark',
  columns: ['id', 'discussionId', 'createdAt'],
  listed: 'EXISTS (SELECT 1 FROM discussion d WHERE d.id = t.discussion_id AND d.deleted_at IS NULL)',
  listedBy: { columns: ['discussion_id'], reads: [{ table: 'discussion', columns: ['deleted_at'] }] },
};

/** Index bookmark(author_id, created_at, id). */
export const NEWEST_BOOKMARK_FIRST: SortOrder = {
  ...{ name: 'NEWEST', column: 'created_at', property: 'createdAt', ascending: false, kind: 'time' },
};

/** A page of the viewer's bookmarks. */
export async function pageBookmarks(
  ctx: Context,
  viewer: Viewer,
  args: PageArgs,
): Promise<Connection<BookmarkRow>> {
  const conditions = [{ sql: 't.author_id = ?', params: [viewer.id], by: 'author_id' }];
  const page = await pageOf(ctx.db, bookmarks, pageRequest(args, NEWEST_BOOKMARK_FIRST), conditions);
  return { ...page, totalCount: () => countOf(ctx.db, bookmarks, conditions) };
}

const byIds = statement<BookmarkRow>(
  'bookmark.byId',
  (d) =>
    `SELECT ${selectList(bookmarks, 't')} FROM ${d.foundBy('bookmark', 'id')} AND t.author_id = ? AND ${bookmarks.listed}`,
  { table: 'bookmark', by: ['id'] },
  { table: 'discussion', columns: ['deleted_at'] },
);

/** One of the viewer's bookmarks. Null if there is none, if it is another author's, or if its discussion is deleted. */
export async function loadBookmark(ctx: Context, id: string): Promise<BookmarkRow | null> {
  const { viewer } = ctx;
  if (!viewer) return null;
  return loader<BookmarkRow | null>(ctx, 'bookmark.byId', ({ db }, ids) =>
    rowsInOrder(ids, db.read.all(byIds, [ids, viewer.id]), (row) => row.id),
  ).load(id);
}

/** A bookmark's discussion. Throws NOT_FOUND if it was deleted since the bookmark was read. */
export function discussionOf(ctx: Context, bookmark: BookmarkRow): Promise<DiscussionRow> {
  return loadDiscussion(ctx, bookmark.discussionId).then((discussion) => {
    if (!discussion) throw notFound('The discussion of this bookmark has just been deleted.');
    return discussion;
  });
}

const ofDiscussions = statement<{ discussionId: string }>(
  'bookmark.ofDiscussions',
  (d) =>
    `SELECT discussion_id AS "discussionId" FROM bookmark WHERE author_id = ? AND ${d.inList('discussion_id')}`,
  { table: 'bookmark', by: [null, 'discussion_id'] },
);

const bookmarkedBy = (ctx: Context, viewer: Viewer) =>
  loader<boolean>(ctx, 'bookmark.ofDiscussions', ({ db }, ids) =>
    chain(db.read.all(ofDiscussions, [viewer.id, ids]), (rows) => {
      const bookmarked = new Set(rows.map((row) => row.discussionId));
      return ids.map((id) => bookmarked.has(id));
    }),
  );

/** Whether the viewer has bookmarked a discussion; false for a guest. */
export function loadIsBookmarked(ctx: Context, discussionId: string): MaybePromise<boolean> {
  return ctx.viewer ? bookmarkedBy(ctx, ctx.viewer).load(discussionId) : false;
}
