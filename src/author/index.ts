export {
  AUTHOR_COMPANY,
  AUTHOR_NAME,
  AUTHOR_TITLE,
  checkedAvatarUrl,
} from './author-limits.ts';
export { type AuthorRow, loadAuthor, loadAuthors } from './author-reads.ts';
export { authorResolvers } from './author-resolvers.ts';
export { createAuthor, HANDLE_CHARS_MAX, handleOf, type NewAuthor } from './create-author.ts';
export { findMentioned, loadMentionedAuthors, MENTIONS_MAX, writeMentions } from './mentions.ts';
export { previewText, type TextPreview } from './preview-text.ts';
export { type ImportedAuthor, saveImportedAuthors } from './save-imported-authors.ts';
export { loadStanding } from './standing.ts';
export { type NewStanding, writeStanding } from './write-standing.ts';
