export { type AuthorRow, loadAuthor } from './author-reads.ts';
export { authorResolvers } from './author-resolvers.ts';
export { type ImportedAuthor, saveImportedAuthors } from './save-imported-authors.ts';
