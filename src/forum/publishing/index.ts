import { defineModule } from '../../graphql/module.ts';
import { publishingResolvers } from './publishing-resolvers.ts';

/** A whole discussion as one document: structured data for search engines, Markdown for programs that read text. */
export const publishingModule = defineModule({
  name: 'publishing',
  resolvers: publishingResolvers,
  tables: [],
});

export { loadMarkdown } from './discussion-markdown.ts';
