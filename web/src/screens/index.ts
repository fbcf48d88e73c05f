import type { Route } from '../http/routes.ts';
import { accountRoutes } from './account/index.ts';
import { appearanceRoutes } from './appearance/index.ts';
import { askRoutes } from './ask/index.ts';
import { authorRoutes } from './author/index.ts';
import { bookmarkRoutes } from './bookmarks/index.ts';
import { commentRoutes } from './comment/index.ts';
import { discussionRoutes } from './discussion/index.ts';
import { embedRoutes } from './embed/index.ts';
import { historyRoutes } from './history/index.ts';
import { listRoutes } from './list/index.ts';
import { mentionRoutes } from './mentions/index.ts';
import { moderateRoutes } from './moderate/index.ts';
import { searchRoutes } from './search/index.ts';
import { settingsRoutes } from './settings/index.ts';

/** All screens. A screen is a folder here with an index.ts that lists its routes, and a line in this list. */
export const screens: readonly Route[] = [
  ...listRoutes,
  ...searchRoutes,
  ...authorRoutes,
  ...discussionRoutes,
  ...commentRoutes,
  ...historyRoutes,
  ...moderateRoutes,
  ...askRoutes,
  ...mentionRoutes,
  ...accountRoutes,
  ...settingsRoutes,
  ...bookmarkRoutes,
  ...appearanceRoutes,
  ...embedRoutes,
];
