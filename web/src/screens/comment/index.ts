import { get, post, type Route } from '../../http/routes.ts';
import { deleteComment, restoreComment, showDeleteComment } from './delete-comment.tsx';
import { editComment, showEditComment } from './edit-comment.tsx';
import { setAnswer, setOfficial, setVerified } from './set-marks.ts';

export const commentRoutes: readonly Route[] = [
  get('/comments/:id/edit', showEditComment),
  post('/comments/:id/edit', editComment),
  get('/comments/:id/delete', (visit) => showDeleteComment(visit)),
  post('/comments/:id/delete', deleteComment),
  post('/comments/:id/restore', restoreComment),
  post('/comments/:id/answer', setAnswer),
  post('/comments/:id/official', setOfficial),
  post('/comments/:id/verified', setVerified),
];
