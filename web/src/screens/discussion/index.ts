import { get, post, type Route } from '../../http/routes.ts';
import { orGone } from '../gone/or-gone.tsx';
import { addComment } from './add-comment.tsx';
import { answerNews, leadToNew } from './news.tsx';
import { showDiscussion } from './show-discussion.tsx';
import { showThread } from './show-thread.tsx';
import { vote } from './vote.ts';

export const discussionRoutes: readonly Route[] = [
  get(
    '/discussions/:slug',
    orGone((visit) => showDiscussion(visit)),
  ),
  get(
    '/discussions/:slug/comments/:id',
    orGone((visit) => showThread(visit)),
  ),
  post('/discussions/:slug/comments', addComment),
  post('/vote', vote),
  get('/discussions/:slug/news', answerNews),
  get('/discussions/:slug/new', leadToNew),
];
