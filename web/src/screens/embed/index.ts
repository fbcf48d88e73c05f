import { get, post, type Route } from '../../http/routes.ts';
import { beginFrameSession, endFrameSession, showSignedIn } from './session.tsx';
import { showEmbed } from './show-embed.tsx';
import { startDiscussion } from './start-discussion.ts';

/** A discussion in a page of another site. There are none without EMBED_ORIGINS. */
export const embedRoutes: readonly Route[] = [
  get('/embed', (visit) => showEmbed(visit)),
  get('/embed/signed-in', showSignedIn),
  post('/embed/comments/:key', startDiscussion),
  post('/embed/session', beginFrameSession),
  post('/embed/sign-out', endFrameSession),
];
