export {
  AUTHOR_COMPANY,
  AUTHOR_NAME,
  AUTHOR_TITLE,
  HANDLE_CHARS_MAX,
} from './author-limits.ts';
export { type AuthorRow, loadAuthor, loadAuthors } from './author-reads.ts';
export { authorResolvers } from './author-resolvers.ts';
export { createAuthor, type NewAuthor } from './create-author.ts';
export { loadMentionedAuthors, MENTIONS_MAX, writeMentions } from './mentions.ts';
export { type PreparedText, prepareText } from './prepare-text.ts';
export { previewText, type TextPreview } from './preview-text.ts';
export { type ImportedAuthor, saveImportedAuthors } from './save-imported-authors.ts';
export { loadRoleScope } from './standing.ts';
export { writeDescription } from './write-description.ts';
export { type NewRoleScope, writeRoleScope } from './write-standing.ts';
