export { type AuthorRow, loadAuthor } from './author-reads.ts';
export { authorResolvers } from './author-resolvers.ts';
