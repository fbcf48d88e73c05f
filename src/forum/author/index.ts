import type { Context } from '../../access/context.ts';
import type { Viewer } from '../../access/viewer.ts';
import { defineModule } from '../../graphql/module.ts';
import { type AuthorRow, loadAuthor } from './author-reads.ts';
import { authorResolvers } from './author-resolvers.ts';
import type { AuthorPage } from './count-authors.ts';

/** The people of the forum, what their role covers, who is mentioned where, and the moderation log. */
export const authorModule = defineModule({
  name: 'author',
  resolvers: authorResolvers,
  nodes: {
    Author: { prefix: 'A', load: loadAuthor },
    Viewer: { prefix: 'W', load: async ({ viewer }: Context, id) => (viewer?.id === id ? viewer : null) },
  },
  tables: [
    'author',
    'author_name_key',
    'moderated_category',
    'vendor_product',
    'discussion_mention',
    'comment_mention',
    'moderation_event',
  ],
});

/** What the resolvers of each type get. */
export interface AuthorTypes {
  Author: AuthorRow;
  AuthorConnection: AuthorPage;
  Viewer: Viewer;
}

export { addImportedAuthor, fillImportedAuthor } from './add-imported-author.ts';
export { type AuthorRow, loadAuthor, loadAuthorByHandle, loadAuthors } from './author-reads.ts';
export {
  AUTHOR_COMPANY,
  AUTHOR_COMPANY_SEGMENT,
  AUTHOR_INDUSTRY,
  AUTHOR_NAME,
  AUTHOR_TITLE,
  checkedAuthorName,
  checkedHandle,
  HANDLE_CHARS_MAX,
  holdsEmail,
} from './author-rules.ts';
export { findStaleNameKeys, mendNameKeys } from './check-names.ts';
export { createAuthor } from './create-author.ts';
export {
  copyMentions,
  deleteDiscussionMentions,
  insertMentions,
  loadMentionedAuthors,
  replaceMentions,
} from './mentions.ts';
export { type ModerationBy, moderationBy, recordModeration, recordSides } from './moderation-log.ts';
export { type PreparedText, prepareText, previewText, type TextPreview } from './prepare-text.ts';
export {
  loadRoleScope,
  lockRepresentation,
  type NewRoleScope,
  representationEnded,
  writeRoleScope,
} from './role-scope.ts';
export { type ImportedAuthor, saveImportedAuthors } from './save-imported-authors.ts';
export { writeDescription } from './update-author.ts';
