import { get, type Route } from '../../http/routes.ts';
import { showList } from './show-list.tsx';

export const listRoutes: readonly Route[] = [
  get('/', (visit) => showList(visit, null)),
  get('/categories/:slug', (visit) => showList(visit, 'category')),
  get('/products/:slug', (visit) => showList(visit, 'product')),
  get('/tags/:slug', (visit) => showList(visit, 'tag')),
];
