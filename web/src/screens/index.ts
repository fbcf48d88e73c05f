import type { Route } from '../http/routes.ts';
import { accountRoutes } from './account/index.ts';
import { appearanceRoutes } from './appearance/index.ts';
import { discussionRoutes } from './discussion/index.ts';
import { listRoutes } from './list/index.ts';

/** All screens. A screen is a folder here with an index.ts that lists its routes, and a line in this list. */
export const screens: readonly Route[] = [
  ...listRoutes,
  ...discussionRoutes,
  ...accountRoutes,
  ...appearanceRoutes,
];
