import { get, post, type Route } from '../../http/routes.ts';
import { showCommentHistory } from './comment-history.tsx';
import { showDiscussionHistory } from './discussion-history.tsx';
import { redactRevision, showRedactRevision } from './redact-revision.tsx';
import { restoreRevision } from './restore-revision.ts';

export const historyRoutes: readonly Route[] = [
  get('/comments/:id/history', showCommentHistory),
  get('/discussions/:slug/history', showDiscussionHistory),
  post('/revisions/:id/restore', restoreRevision),
  get('/revisions/:id/redact', (visit) => showRedactRevision(visit)),
  post('/revisions/:id/redact', redactRevision),
];
