import { get, post, type Route } from '../../http/routes.ts';
import { setBookmark } from './set-bookmark.ts';
import { showBookmarks } from './show-bookmarks.tsx';

export const bookmarkRoutes: readonly Route[] = [
  get('/bookmarks', showBookmarks),
  post('/bookmarks', setBookmark),
];
