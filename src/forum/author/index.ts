import { defineModule } from '../../graphql/module.ts';
import { type AuthorRow, loadAuthor } from './author-reads.ts';
import { authorResolvers } from './author-resolvers.ts';

/** The people of the forum, what their role covers, and who is mentioned where. */
export const authorModule = defineModule({
  name: 'author',
  resolvers: authorResolvers,
  nodes: { Author: { prefix: 'A', load: loadAuthor } },
  tables: ['author', 'moderated_category', 'vendor_product', 'discussion_mention', 'comment_mention'],
});

/** What the resolvers of each type get. */
export interface AuthorTypes {
  Author: AuthorRow;
}

export {
  AUTHOR_COMPANY,
  AUTHOR_NAME,
  AUTHOR_TITLE,
  HANDLE_CHARS_MAX,
} from './author-limits.ts';
export { type AuthorRow, loadAuthor, loadAuthors } from './author-reads.ts';
export { createAuthor, type NewAuthor } from './create-author.ts';
export { loadMentionedAuthors, MENTIONS_MAX, writeMentions } from './mentions.ts';
export { type PreparedText, prepareText } from './prepare-text.ts';
export { previewText, type TextPreview } from './preview-text.ts';
export { type ImportedAuthor, saveImportedAuthors } from './save-imported-authors.ts';
export { loadRoleScope } from './standing.ts';
export { writeDescription } from './write-description.ts';
export { type NewRoleScope, writeRoleScope } from './write-standing.ts';
