import { get, type Route } from '../../http/routes.ts';
import { showSearch } from './show-search.tsx';

export const searchRoutes: readonly Route[] = [get('/search', showSearch)];
