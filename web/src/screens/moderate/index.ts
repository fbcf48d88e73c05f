import { get, post, type Route } from '../../http/routes.ts';
import { moderate } from './moderate.ts';
import { showModerate } from './show-moderate.tsx';

export const moderateRoutes: readonly Route[] = [
  get('/discussions/:slug/moderate', showModerate),
  post('/discussions/:slug/moderate', moderate),
];
