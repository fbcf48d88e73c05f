import { defineModule } from '../../graphql/module.ts';
import { moveWithMerges } from '../merge/index.ts';
import { type BookmarkRow, loadBookmark } from './bookmark-reads.ts';
import { bookmarkResolvers } from './bookmark-resolvers.ts';

/** The discussions that viewers want to find again. A bookmark is visible to its owner alone. */
export const bookmarkModule = defineModule({
  name: 'bookmark',
  resolvers: bookmarkResolvers,
  nodes: { Bookmark: { prefix: 'B', load: loadBookmark } },
  tables: ['bookmark'],
});

// unless its owner has bookmarked the destination too: see merge-record.ts
moveWithMerges('bookmark', 'discussion_id');

/** What the resolvers of each type get. */
export interface BookmarkTypes {
  Bookmark: BookmarkRow;
}
