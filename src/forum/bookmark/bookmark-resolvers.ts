import type { Context } from '../../access/context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { connectionResolvers, edgeOf } from '../../graphql/connections/connection.ts';
import { globalId } from '../../graphql/global-id.ts';
import { referenced } from '../../graphql/loader.ts';
import { answering } from '../../graphql/payload.ts';
import { loadDiscussion } from '../discussion/index.ts';
import { addBookmark, BOOKMARKS_MAX, removeBookmark } from './add-bookmark.ts';
import {
  discussionOf,
  loadBookmark,
  loadIsBookmarked,
  NEWEST_BOOKMARK_FIRST,
  pageBookmarks,
} from './bookmark-reads.ts';

/** What a bookmark was added to or removed from: row ids. */
interface Bookmarked {
  readonly discussionId: string;
  readonly bookmarkId: string | null;
}

const addedBookmark = async (ctx: Context, { discussionId, bookmarkId }: Bookmarked) => {
  const bookmark = await referenced(bookmarkId, (id) => loadBookmark(ctx, id));
  return {
    bookmarkEdge: bookmark && edgeOf(NEWEST_BOOKMARK_FIRST, bookmark),
    discussion: await loadDiscussion(ctx, discussionId),
  };
};

const removedBookmark = async (ctx: Context, { discussionId, bookmarkId }: Bookmarked) => ({
  removedBookmarkId: bookmarkId && globalId('Bookmark', bookmarkId),
  discussion: await loadDiscussion(ctx, discussionId),
});

export const bookmarkResolvers: Resolvers = {
  Viewer: { bookmarks: (viewer, args, ctx) => pageBookmarks(ctx, viewer, args) },
  Mutation: {
    addBookmark: answering(addBookmark, addedBookmark),
    removeBookmark: answering(removeBookmark, removedBookmark),
  },
  ServerInfo: { maxBookmarks: () => BOOKMARKS_MAX },
  Discussion: { viewerHasBookmarked: (discussion, _, ctx) => loadIsBookmarked(ctx, discussion.id) },
  Bookmark: {
    id: (bookmark) => globalId('Bookmark', bookmark.id),
    discussion: (bookmark, _, ctx) => discussionOf(ctx, bookmark),
  },
  BookmarkConnection: connectionResolvers,
};
