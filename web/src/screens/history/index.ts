import { get, type Route } from '../../http/routes.ts';
import { showCommentHistory } from './comment-history.tsx';
import { showDiscussionHistory } from './discussion-history.tsx';

export const historyRoutes: readonly Route[] = [
  get('/comments/:id/history', showCommentHistory),
  get('/discussions/:slug/history', showDiscussionHistory),
];
