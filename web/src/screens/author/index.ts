import { get, type Route } from '../../http/routes.ts';
import { showAuthor } from './show-author.tsx';

export const authorRoutes: readonly Route[] = [get('/authors/:author', showAuthor)];
