import { get, post, type Route } from '../../http/routes.ts';
import { markDuplicate, showDuplicate } from './duplicate.tsx';
import { merge, showMerge } from './merge.tsx';
import { moderate } from './moderate.ts';
import { move, showMove } from './move.tsx';
import { showModerate } from './show-moderate.tsx';
import { showSplit } from './show-split.tsx';
import { split } from './split.ts';

export const moderateRoutes: readonly Route[] = [
  get('/discussions/:slug/moderate', (visit) => showModerate(visit)),
  post('/discussions/:slug/moderate', moderate),
  get('/discussions/:slug/move', (visit) => showMove(visit)),
  post('/discussions/:slug/move', move),
  get('/discussions/:slug/merge', (visit) => showMerge(visit)),
  post('/discussions/:slug/merge', merge),
  get('/discussions/:slug/duplicate', (visit) => showDuplicate(visit)),
  post('/discussions/:slug/duplicate', markDuplicate),
  get('/discussions/:slug/split', (visit) => showSplit(visit)),
  post('/discussions/:slug/split', split),
];
