import { get, post, type Route } from '../../http/routes.ts';
import { ask, showAsk } from './ask.tsx';
import { editDiscussion, showEditDiscussion } from './edit-discussion.tsx';
import { answerSimilar } from './similar.tsx';

export const askRoutes: readonly Route[] = [
  get('/ask', (visit) => showAsk(visit)),
  post('/ask', ask),
  get('/ask/similar', answerSimilar),
  get('/discussions/:slug/edit', (visit) => showEditDiscussion(visit)),
  post('/discussions/:slug/edit', editDiscussion),
];
